//! The yardstick: pgbench, one row a transaction, prepared, on the same server in the same run.

use anyhow::Context;
use std::path::Path;
use std::process::Command;

const TABLE: &str = "CREATE TABLE IF NOT EXISTS yardstick (id bigserial PRIMARY KEY, stream text NOT NULL, \
    data json NOT NULL, recorded_at timestamptz NOT NULL DEFAULT now())";

/// Transactions a second of so many clients for so many seconds; each inserts an event of about 500 bytes.
pub(crate) fn insert(folder: &Path, url: &str, clients: u64, seconds: u64) -> anyhow::Result<f64> {
    let script = std::env::temp_dir().join(format!("samlad-yardstick-{}.sql", std::process::id()));
    let text = "Skadegörelse vid busshållplatsen, tre rutor krossade. ".repeat(7);
    let insert =
        format!("INSERT INTO yardstick (stream, data) VALUES ('report', '{{\"text\":\"{text}\"}}');\n");
    std::fs::write(&script, insert)?;
    psql(folder, url, TABLE)?;
    let output = Command::new(folder.join("pgbench"))
        .args([
            "-n",
            "-M",
            "prepared",
            "-j",
            "2",
            "-c",
            &clients.to_string(),
            "-T",
            &seconds.to_string(),
            "-f",
        ])
        .arg(&script)
        .arg(url)
        .output()?;
    std::fs::remove_file(&script)?;
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
