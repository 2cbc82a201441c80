"""Makes `cases.json`: series from a seed, and what numpy and scipy make of them, apart from the engine.

Run with numpy and scipy: `target/yardstick/bin/python3 tests/follow_up/cases.py`. The same seed gives the same file.
"""

import json
import math
import pathlib
import sys

import numpy as np
from scipy.optimize import brentq
from scipy.stats import betabinom, norm
from scipy.stats import t as student

HERE = pathlib.Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE.parent / "benches"))
from follow_up import Z, of_controls, of_target  # noqa: E402

chance = np.random.default_rng(20261123)
cases = []


def add(title, kind, given, expect):
    number = f"{kind}-{len(cases) + 1:02d}"
    cases.append({"id": number, "kind": kind, "title": title, "input": given, "expect": expect})


# Changes.


def share(interventions, area, window):
    done = set()
    for its in interventions:
        if its["area"] == area:
            done |= set(range(its["from"], its["to"]))
    return len(done & set(range(*window))) / max(1, window[1] - window[0])


def cell_of(area, before, after):
    count, exposure = area["count"], area["exposure"] or [1.0] * len(area["count"])
    counts = [sum(count[week] for week in range(*its) if exposure[week] > 0) for its in (before, after)]
    return (*counts, *(sum(exposure[week] for week in range(*its)) for its in (before, after)))


def is_control(given, name, cell):
    k0, k1, e0, e1 = cell
    window = [share(given["interventions"], name, given[its]) for its in ("baseline", "after")]
    beside = name == given["target"] or name in given["neighbours"]
    return not beside and abs(window[1] - window[0]) <= 0.25 and k0 + k1 > 0 and e0 > 0 and e1 > 0


def why_not(contrast, target, controls):
    k0, k1, e0, e1 = target
    if contrast < 0.5:
        return "no_contrast"
    if e0 < 13 or e1 == 0:
        return "short_baseline"
    if len(controls) < 4:
        return "too_few_controls"
    if sum(its[0] for its in controls) == 0 or sum(its[1] for its in controls) == 0:
        return "empty_controls"
    return "no_reports" if k0 + k1 == 0 else None


def word(low, high, flags):
    if "short_baseline" in flags:
        return "uncertain"
    if high is not None and high < 1:
        return "decrease"
    if low > 1:
        return "increase"
    return "no_clear_change" if low > 0.75 and high is not None and high < 4 / 3 else "uncertain"


def change(given):
    cells = {name: cell_of(area, given["baseline"], given["after"]) for name, area in given["areas"].items()}
    names = [name for name in sorted(cells) if is_control(given, name, cells[name])]
    controls = [cells[name] for name in names]
    k0, k1, e0, e1 = target = cells[given["target"]]
    f0, f1 = (share(given["interventions"], given["target"], given[its]) for its in ("baseline", "after"))
    holds = (("short_baseline", e0 < 26), ("few_controls", len(names) < 8), ("intervention_in_baseline", f0 > 0))
    flags = [flag for flag, its in holds if its]
    told = {"controls_used": names, "target_before": k0, "target_after": k1}
    told |= {"exposure_before": e0, "exposure_after": e1, "flags": flags}
    reason = why_not(f1 - f0, target, controls)
    if reason:
        told |= {"status": "not_assessable", "reason": reason}
        return told | {"theta": None, "rr": None, "p_value": None, "verdict": None}
    columns = (np.array([its[place] for its in controls], dtype=float) for place in range(4))
    theta, phi0, rho, v_theta, df = of_controls(*columns)
    odds, n = theta * e1 / e0, k0 + k1
    p = odds / (1 + odds)
    rr, low, high, p_value = of_target(target, (theta, phi0, rho, v_theta, df))
    told |= {"status": "ok", "reason": None, "theta": theta, "nu": len(names) - 1, "phi0": phi0, "rho": rho}
    told |= {"v_theta": v_theta, "phi": phi0 + (n - 1) * rho + n * p * (1 - p) * v_theta, "df": df}
    told |= {"expected": k0 * odds, "rr": rr, "ci_low": low, "ci_high": high, "p_value": p_value}
    return told | {"verdict": word(low, high, flags)}


def areas(number, weeks, scale=1.0, missing=0.0):
    made = {}
    for place in range(number):
        mean = scale * chance.gamma(1.0, 4.0) + 0.3
        drift = np.exp(np.cumsum(chance.normal(0, 0.03, weeks)))
        count = chance.poisson(mean * drift * chance.gamma(8, 1 / 8, weeks))
        exposure = None
        if missing:
            exposure = []
            for _ in range(weeks):
                came = chance.uniform(0.5, 1)
                exposure.append(float(round(came, 2)) if chance.uniform() > missing else 0.0)
        made[f"N{place:02d}"] = {"count": [int(its) for its in count], "exposure": exposure}
    return made


def of_change(title, made, edit=None, windows=((0, 39), (39, 52)), done=None, neighbours=()):
    before, after = windows
    done = done or [{"area": "N00", "from": after[0], "to": after[1]}]
    given = {"weeks": after[1], "baseline": list(before), "after": list(after), "target": "N00", "areas": made}
    given |= {"interventions": done, "neighbours": list(neighbours)}
    if edit:
        edit(given)
    add(title, "change", given, change(given))


def times(factor):
    def edit(given):
        count = given["areas"]["N00"]["count"]
        for week in range(*given["after"]):
            count[week] = int(round(count[week] * factor))

    return edit


def without(area_is_empty, weeks):
    def edit(given):
        for name, area in given["areas"].items():
            if area_is_empty(name):
                area["count"][weeks] = [0] * len(area["count"][weeks])

    return edit


def is_target(name):
    return name == "N00"


def begun(*names, at=39):
    return [{"area": name, "from": at, "to": 52} for name in names]


def add_changes():
    of_change("nothing happened", areas(9, 52))
    of_change("half as many", areas(9, 52, 3), times(0.5))
    of_change("twice as many, neighbours left out", areas(12, 52, 2), times(2), neighbours=["N01", "N02"])
    of_change("partial reporting in all areas", areas(10, 52, 2, 0.2))
    none_before = without(is_target, slice(0, 39))
    of_change("no report before: no ratio, no upper limit", areas(9, 52), none_before)
    of_change("few and small", areas(5, 52, 0.1))
    short = ((0, 20), (20, 30))
    of_change("short baseline is flagged and never a change", areas(9, 30, 3), times(0.1), windows=short)
    of_change("treated before too", areas(9, 52, 2), done=begun("N00", at=30))
    of_change("no contrast", areas(9, 52), done=begun("N00", at=0))
    of_change("hardly any baseline", areas(9, 20), windows=((0, 12), (12, 20)))
    of_change("too few controls", areas(4, 52))
    of_change("controls with an intervention begun are none", areas(6, 52), done=begun("N00", "N01", "N02"))
    none_after = without(lambda name: not is_target(name), slice(39, 52))
    of_change("controls without a report after", areas(7, 52), none_after)
    of_change("no report at all", areas(7, 52), without(is_target, slice(0, 52)))


# The field's measures.


def wdd(given):
    times_of, sizes = given.get("tw", [1, 1]), given.get("aw", [1, 1, 1, 1])

    def differs(name, size):
        k0, k1 = given.get(f"{name}0", 0), given.get(f"{name}1", 0)
        before, after = size * times_of[0], size * times_of[1]
        return k1 / after - k0 / before, k1 / after**2 + k0 / before**2

    control, target, beside_control, beside = (differs(*its) for its in zip(("c", "t", "cd", "d"), sizes))
    local, displacement = target[0] - control[0], beside[0] - beside_control[0]
    error = math.sqrt(control[1] + target[1] + beside_control[1] + beside[1])
    total, reach = local + displacement, norm.ppf(1 - given["alpha"] / 2) * error
    told = {"local": local, "displacement": displacement, "total": total, "se": error, "z": total / error}
    told["p_value"] = 2 * norm.cdf(-abs(total / error))
    return told | {"ci_low": total - reach, "ci_high": total + reach}


def add_field_measures():
    sizes = {"t0": 207, "t1": 110, "c0": 308, "c1": 318, "d0": 178, "d1": 157, "cd0": 150, "cd1": 140}
    sizes |= {"aw": [0.9, 1.2, 1.6, 1.5], "alpha": 0.05}
    add("areas of different size", "wdd", sizes, wdd(sizes))
    alone = {"t0": 31, "t1": 12, "c0": 40, "c1": 36, "alpha": 0.1}
    add("no surroundings", "wdd", alone, wdd(alone))
    given = {"r0": 40, "r1": 44, "b0": 20, "b1": 18, "c0": 100, "c1": 100}
    told = {"success": 0.04, "buffer": -0.02, "wdq": None, "gross": -4, "net": -0.04, "tne": -2.0}
    add("no success, no quotient", "wdq", given, told)
    given = {"r0": 60, "r1": 30, "b0": 20, "b1": 40, "c0": 200, "c1": 100}
    told = {"success": 0.0, "buffer": 0.3, "wdq": None, "gross": 30, "net": 0.0, "tne": -30.0}
    add("displaced", "wdq", given, told)


# Many together.


def pooled(items):
    observed, df = sum(its["k1"] for its in items), min(its["df"] for its in items)
    percentile = student.ppf(0.975, df)

    def at(ln_ratio):
        ratio, off, own, groups = math.exp(ln_ratio), 0, 0, {}
        for its in items:
            p = ratio * its["p"] / (1 - its["p"] + ratio * its["p"])
            v = its["n"] * p * (1 - p)
            off += its["k1"] - its["n"] * p
            own += v * (its["phi0"] + (its["n"] - 1) * its["rho"])
            widest, information = groups.get(its["group"], (0, 0))
            groups[its["group"]] = (max(widest, its["v_theta"]), information + v)
        return off, own + sum(widest * information**2 for widest, information in groups.values())

    def ratio(sign):
        root = brentq(lambda its: at(its)[0] + sign * percentile * math.sqrt(at(its)[1]), -15, 15, xtol=1e-13)
        return math.exp(root)

    off, variance = at(0)
    told = {"observed": observed, "rr": ratio(0) if observed else 0.0, "ci_low": ratio(-1) if observed else 0.0}
    told |= {"ci_high": ratio(1), "p_value": 2 * student.cdf(-abs(off) / math.sqrt(variance), df)}
    return told | {"df": df, "m": len(items)}


def item(k1, n, p, group, df=20):
    return {"k1": k1, "n": n, "p": p, "phi0": 1.2, "rho": 0.004, "v_theta": 0.006, "df": df, "group": group}


def q_values(p_values):
    found, least = {}, 1
    for rank, p in sorted(enumerate(sorted(p_values), 1), reverse=True):
        least = min(least, p * len(p_values) / rank)
        found[p] = min(found.get(p, 1), least)
    return [found[p] for p in p_values]


def add_many():
    two = [item(20, 120, 0.25, "q1"), item(31, 110, 0.24, "q1", 14), item(9, 60, 0.2, "q2"), item(14, 66, 0.22, "q2")]
    add("two quarters", "pooled", {"items": two}, pooled(two))
    none = [item(0, 20, 0.25, "a"), item(0, 30, 0.2, "b"), item(0, 9, 0.2, "b")]
    add("none came", "pooled", {"items": none}, pooled(none))
    ties = [0.001, 0.02, 0.02, 0.2, 0.9, 0.04]
    add("ties", "bh", {"p": ties}, {"q": q_values(ties)})


# Reporting, episodes, alerts.


def add_exposures():
    reported = chance.uniform(size=(3, 20)) > 0.3
    reported[2, :] = False
    counts = chance.poisson(2, size=(3, 4, 20))
    weeks = reported.sum(1)
    counted = (counts * reported[:, None, :]).sum(2)
    rate = np.where(weeks[:, None] > 0, counted / np.maximum(weeks[:, None], 1), 0).T
    weights = 20 * rate + 5 * rate.sum(0) / rate.sum()
    weights = weights / weights.sum(1, keepdims=True)
    told = {"weights": weights.tolist(), "exposure": (weights @ reported).tolist()}
    given = {"reported": reported.tolist(), "counts": counts.tolist()}
    add("a partner that never reports", "exposure", given, told)
    given = {"reported": [[True, False], [True, True]], "counts": [[[0, 0]], [[0, 0]]]}
    told = {"weights": [[0.5, 0.5]], "exposure": [[1.0, 0.5]]}
    add("nobody counted anything: equal shares", "exposure", given, told)


def add_episodes():
    given = [{"id": "a", "from": 0, "to": 6}, {"id": "c", "from": 33, "to": 70}, {"id": "b", "from": 8, "to": 30}]
    told = [{"from": 0, "to": 30, "members": ["a", "b"], "evaluate_to": 26}]
    told += [{"from": 33, "to": 70, "members": ["c"], "evaluate_to": 59}]
    title = "two weeks between are one, three are two, and 26 weeks at most"
    add(title, "episode", {"interventions": given}, {"episodes": told})


def alert(counts, area, window):
    counts = np.array(counts)
    end = counts.shape[1]
    k0 = counts[:, end - window - 39 : end - window].sum(1).astype(float)
    k1 = counts[:, end - window :].sum(1).astype(float)
    others = [its for its in range(len(counts)) if its != area and k0[its] + k1[its] > 0]
    exposures = np.full(len(others), 39.0), np.full(len(others), float(window))
    theta, phi0, rho, v_theta, df = of_controls(k0[others], k1[others], *exposures)
    odds, n = theta * window / 39, k0[area] + k1[area]
    p = odds / (1 + odds)
    phi = phi0 + (n - 1) * rho + n * p * (1 - p) * v_theta
    widened = 1 + (phi - 1) * (student.ppf(0.975, df) / Z) ** 2
    rho = min(0.95, (widened - 1) / (n - 1))
    count = betabinom(int(n), p * (1 - rho) / rho, (1 - p) * (1 - rho) / rho)
    upper = count.sf(k1[area]) + 0.5 * count.pmf(k1[area])
    return {"expected": k0[area] * odds, "observed": int(k1[area]), "p_upper": upper}


def add_alerts():
    counts = [area["count"] for area in areas(11, 43, 1).values()]
    counts[3][-4:] = [its * 3 + 2 for its in counts[3][-4:]]
    for title, area, window in (("four weeks that rise", 3, 4), ("one week beside them", 5, 1)):
        given = {"window": window, "area": area, "counts": counts}
        add(title, "alert", given, alert(counts, area, window))


def main():
    for part in (add_changes, add_field_measures, add_many, add_exposures, add_episodes, add_alerts):
        part()
    head = '{"format": "est-analysis-oracle/1", "tolerance": {"relative": 1e-05, "absolute": 1e-08}, "cases": [\n'
    lines = ",\n".join(json.dumps(its, default=float) for its in cases)
    (HERE / "cases.json").write_text(head + lines + "\n]}\n", encoding="utf-8")


main()
