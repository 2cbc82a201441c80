"""The yardstick of the follow-up engine: the same comparisons in numpy and scipy.

Reads the programme and the questions as JSON from the file named first, and writes to standard output what each
question comes to (rate ratio, low, high, p) and the seconds that it took, reading and starting left out.
"""

import json
import sys
import time

import numpy as np
from scipy.optimize import brentq
from scipy.special import betaln, gammaln
from scipy.stats import t as student

TAU2, NU0, Z = 0.03, 8.0, 1.959963984540054


class Series:
    """Counts by area, partner and week, as sums to the beginning of each week."""

    def __init__(self, counts, reported):
        self.reported = np.concatenate([np.zeros((len(reported), 1)), reported.cumsum(axis=1)], axis=1)
        counted = counts * reported[None, :, :]
        self.counted = np.concatenate([np.zeros(counted.shape[:2] + (1,)), counted.cumsum(axis=2)], axis=2)

    def cells(self, before, after):
        k0 = self.counted[:, :, before[1]] - self.counted[:, :, before[0]]
        k1 = self.counted[:, :, after[1]] - self.counted[:, :, after[0]]
        m0 = self.reported[:, before[1]] - self.reported[:, before[0]]
        m1 = self.reported[:, after[1]] - self.reported[:, after[0]]
        m = m0 + m1
        rate = np.divide(k0 + k1, m, out=np.zeros_like(k0), where=m > 0)
        share = rate.sum(axis=0)
        share = share / share.sum() if share.sum() > 0 else np.full(len(m), 1 / len(m))
        weeks = before[1] - before[0] + after[1] - after[0]
        v = weeks * rate + 5 * share
        w = v / v.sum(axis=1, keepdims=True)
        return k0.sum(axis=1), k1.sum(axis=1), w @ m0, w @ m1


def of_controls(k0, k1, e0, e1):
    n, m = k0 + k1, k0 + k1 - 1
    ratio = e1 / e0

    def share(ln_theta):
        odds = np.exp(ln_theta) * ratio
        return odds / (1 + odds)

    ln_theta = brentq(lambda at: (n * share(at)).sum() - k1.sum(), -20, 20, xtol=1e-13)
    p = share(ln_theta)
    information = n * p * (1 - p)
    total = information.sum()
    h = information / total
    x = (k1 - n * p) ** 2 / information
    nu = len(n) - 1
    mean = k1.sum() / n.sum()
    rho0 = TAU2 * mean * (1 - mean)
    spread = (m * (1 - h)).sum()
    rho_w = max(0.0, (x.sum() - nu) / spread) if spread > 0 else 0.0
    rho_s = (nu * rho_w + NU0 * rho0) / (nu + NU0)
    w = (1 + m * max(rho_s, 1e-4)) ** -2.0
    z = x / np.maximum(1 - h, 1e-9)
    s0, s1 = NU0 * w.mean(), NU0 * (w * m * m).mean()
    a11, a12, a22 = w.sum() + s0, (w * m).sum(), (w * m * m).sum() + s1
    b1, b2 = (w * z).sum() + s0, (w * m * z).sum() + s1 * rho0
    d = a11 * a22 - a12 * a12
    if d <= 1e-12 * a11 * a22:
        phi0, rho = max(1.0, b1 / a11), rho0
    else:
        phi0, rho = max(1.0, (b1 * a22 - b2 * a12) / d), max(rho0 / 4, (a11 * b2 - a12 * b1) / d)
    return np.exp(ln_theta), phi0, rho, (information * (phi0 + rho * m)).sum() / total**2, nu + NU0


def of_target(cell, controls):
    k0, k1, e0, e1 = cell
    theta, phi0, rho, v_theta, df = controls
    odds = theta * e1 / e0
    p, q, n = odds / (1 + odds), 1 / (1 + odds), k0 + k1
    phi = phi0 + (n - 1) * rho + n * p * q * v_theta
    widened = 1 + (phi - 1) * (student.ppf(0.975, df) / Z) ** 2
    rho = min(0.95, (widened - 1) / (n - 1)) if n > 1 else 0.0
    every = np.arange(int(n) + 1)
    ways = gammaln(n + 1) - gammaln(every + 1) - gammaln(n - every + 1)
    at = int(k1)

    def tails(ln_ratio):
        r = np.exp(ln_ratio)
        share = r * p / (q + r * p)
        if rho <= 1e-12:
            ln_p = ways + every * np.log(share) + (n - every) * np.log1p(-share)
        else:
            a, b = share * (1 - rho) / rho, (1 - share) * (1 - rho) / rho
            ln_p = ways + betaln(every + a, n - every + b) - betaln(a, b)
        probability = np.exp(ln_p)
        half = probability[at] / 2
        return probability[:at].sum() + half, probability[at + 1 :].sum() + half

    p_value = min(1.0, 2 * min(tails(0.0)))
    low = 0.0 if k1 == 0 else np.exp(brentq(lambda r: tails(r)[1] - 0.025, -15, 15, xtol=1e-12))
    high = None if k0 == 0 else np.exp(brentq(lambda r: tails(r)[0] - 0.025, -15, 15, xtol=1e-12))
    return [k1 / (k0 * odds) if k0 > 0 else None, low, high, p_value]


def answer(series, question):
    k0, k1, e0, e1 = series[question["series"]].cells(question["before"], question["after"])
    of = question["controls"]
    if not of:
        return None
    area = question["area"]
    return of_target((k0[area], k1[area], e0[area], e1[area]), of_controls(k0[of], k1[of], e0[of], e1[of]))


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        asked = json.load(file)
    reported = np.array(asked["reported"], dtype=float)
    counts = [np.array(one, dtype=float) for one in asked["counts"]]
    begun = time.perf_counter()
    series = [Series(one, reported) for one in counts]
    answers = [answer(series, question) for question in asked["questions"]]
    seconds = time.perf_counter() - begun
    json.dump({"seconds": seconds, "answers": answers}, sys.stdout)


if __name__ == "__main__":
    main()
