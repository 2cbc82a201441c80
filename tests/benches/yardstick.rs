//! The yardsticks: pgbench, one row a transaction, prepared, on the same server in the same run.

use anyhow::Context;
use std::path::Path;
use std::process::Command;

/// What is inserted, one row a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Row {
    /// An event such as the reports that are measured leave in the log, under the log's own keys. A sequence hands out
    /// the positions, so they have gaps; a blank follows each colon, which pgbench would take for a variable's.
    Event,
    /// Some 400 bytes under a number.
    Bare,
}

const EVENTS: &str = "CREATE TABLE IF NOT EXISTS yardstick_event (LIKE event INCLUDING ALL); \
    CREATE SEQUENCE IF NOT EXISTS yardstick_position";
const BARE: &str = "CREATE TABLE IF NOT EXISTS yardstick (id bigserial PRIMARY KEY, stream text NOT NULL, \
    data json NOT NULL, recorded_at timestamptz NOT NULL DEFAULT now())";

const CALM: &str = r#"{"calm-reported": {"organisation": "0198c0de-0000-7000-8000-000000000001", "late": false,
    "fillSeconds": 60}}"#;
const SEEN: &str = r#"{"submitted": {"organisation": "0198c0de-0000-7000-8000-000000000001", "late": false,
    "fillSeconds": 300, "items": [{"indicator": "vandalism", "subtypes": ["graffiti"],
    "area": "0198c0de-0000-7000-8000-000000000002", "date": "2026-11-17", "time": "21.30.00", "signalStrength": 3,
    "basis": "observed", "description": {"textId": "0198c0de-0000-4000-8000-000000000003", "length": 86,
    "commitment": "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"}}],
    "calmAreas": [], "stillThere": []}}"#;
const META: &str = r#"{"actor": "large-informant", "trace": "4bf92f3577b34da6a3ce929d0e0e4736"}"#;

impl Row {
    fn table(self) -> &'static str {
        match self {
            Self::Event => EVENTS,
            Self::Bare => BARE,
        }
    }

    /// The transactions, of which pgbench takes one by chance each time.
    fn scripts(self) -> Vec<String> {
        match self {
            Self::Event => [("calm-reported", CALM), ("submitted", SEEN)].map(event).to_vec(),
            Self::Bare => {
                let text = "Skadegörelse vid busshållplatsen, tre rutor krossade. ".repeat(7);
                vec![format!(
                    "INSERT INTO yardstick (stream, data) VALUES ('report', '{{\"text\":\"{text}\"}}');\n"
                )]
            }
        }
    }
}

fn event((kind, data): (&str, &str)) -> String {
    let (data, programme) = (data.replace("\n    ", ""), "0198c0de-0000-7000-8000-000000000000");
    format!(
        "\\set week random(1000, 9999)\n\\set unit random(100000000000, 999999999999)\n\
         INSERT INTO yardstick_event (programme, position, stream, version, event_id, type, data, meta, \
         recorded_at, leaf) VALUES ('{programme}', nextval('yardstick_position'), \
         'report/' || :week::text || '-W12/0198c0de-0000-7000-8000-' || :unit::text, 1, \
         ('0198c0de-0000-7000-8000-' || :unit::text)::uuid, 'report.{kind}', '{data}', '{META}', now(), \
         '\\x6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b');\n"
    )
}

/// Transactions a second of so many clients for so many seconds.
pub(crate) fn insert(
    folder: &Path,
    url: &str,
    (row, clients, seconds): (Row, u64, u64),
) -> anyhow::Result<f64> {
    psql(folder, url, row.table())?;
    let mut pgbench = Command::new(folder.join("pgbench"));
    pgbench.args(["-n", "-M", "prepared", "-j", "2", "-c", &clients.to_string(), "-T", &seconds.to_string()]);
    let place =
        |number| std::env::temp_dir().join(format!("samlad-yardstick-{}-{number}.sql", std::process::id()));
    let scripts = row.scripts();
    for (number, script) in scripts.iter().enumerate() {
        std::fs::write(place(number), script)?;
        pgbench.arg("-f").arg(place(number));
    }
    let output = pgbench.arg(url).output()?;
    for number in 0..scripts.len() {
        std::fs::remove_file(place(number))?;
    }
    let said = String::from_utf8_lossy(&output.stdout);
    let rate =
        said.lines().find_map(|line| line.strip_prefix("tps = ")?.split_whitespace().next()?.parse().ok());
    rate.with_context(|| format!("pgbench said: {said}{}", String::from_utf8_lossy(&output.stderr)))
}

/// Runs a statement, and throws away what it answers.
pub(crate) fn psql(folder: &Path, url: &str, statement: &str) -> anyhow::Result<()> {
    let mut psql = Command::new(folder.join("psql"));
    psql.args(["-q", "-v", "ON_ERROR_STOP=1", "-c", "SET client_min_messages = warning", "-c", statement]);
    psql.arg(url).stdout(std::process::Stdio::null());
    anyhow::ensure!(psql.status()?.success(), "psql failed");
    Ok(())
}
