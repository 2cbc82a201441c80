//! A load of HTTP requests over connections that stay open; as little of its own cost as can be.

use memchr::memmem;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What a load came to.
pub(crate) struct Outcome {
    /// Answers a second.
    pub(crate) rate: f64,
    pub(crate) p50: Duration,
    pub(crate) p99: Duration,
    /// Answers that were not a success.
    pub(crate) failed: u64,
    pub(crate) answered: u64,
}

/// Asks over so many connections for so long; `request` makes the n-th request.
pub(crate) async fn run(
    address: &str,
    connections: u64,
    lasting: Duration,
    request: Arc<dyn Fn(u64) -> Vec<u8> + Send + Sync>,
    counter: &Arc<AtomicU64>,
) -> anyhow::Result<Outcome> {
    let begun = Instant::now();
    let mut askers = Vec::new();
    for _ in 0..connections {
        let (address, request, counter) = (address.to_owned(), Arc::clone(&request), Arc::clone(counter));
        askers.push(tokio::spawn(async move { ask(&address, begun + lasting, &*request, &counter).await }));
    }
    let (mut times, mut failed) = (Vec::new(), 0);
    for asker in askers {
        let (its, wrong) = asker.await??;
        times.extend(its);
        failed += wrong;
    }
    let lasted = begun.elapsed();
    times.sort_unstable();
    let at = |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or_default();
    let rate = times.len() as f64 / lasted.as_secs_f64();
    Ok(Outcome { rate, p50: at(50), p99: at(99), failed, answered: times.len() as u64 })
}

async fn ask(
    address: &str,
    until: Instant,
    request: &(dyn Fn(u64) -> Vec<u8> + Send + Sync),
    counter: &AtomicU64,
) -> anyhow::Result<(Vec<Duration>, u64)> {
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let mut answer = vec![0; 256 * 1024];
    let (mut times, mut failed) = (Vec::new(), 0);
    while Instant::now() < until {
        let bytes = request(counter.fetch_add(1, Ordering::Relaxed));
        let asked = Instant::now();
        stream.write_all(&bytes).await?;
        if let Some(refused) = refusal(&mut stream, &mut answer).await? {
            if failed == 0 {
                println!("refused: {refused}");
            }
            failed += 1;
        }
        times.push(asked.elapsed());
    }
    Ok((times, failed))
}

/// Reads one answer to its end; what it says when its status is not 2xx.
async fn refusal(stream: &mut TcpStream, answer: &mut [u8]) -> anyhow::Result<Option<String>> {
    let mut filled = 0;
    loop {
        let free = answer.get_mut(filled..).unwrap_or_default();
        let read = stream.read(free).await?;
        anyhow::ensure!(read > 0, "the server closed the connection");
        filled += read;
        let seen = answer.get(..filled).unwrap_or_default();
        let Some(head) = memmem::find(seen, b"\r\n\r\n") else { continue };
        let text = std::str::from_utf8(seen.get(..head).unwrap_or_default())?;
        // As our server writes it.
        let length = text.split_once("content-length: ").and_then(|(_, rest)| rest.split("\r\n").next());
        let length: usize = length.unwrap_or("0").parse()?;
        if filled >= head + 4 + length {
            let refused = text.get(9..10) != Some("2");
            return Ok(refused.then(|| String::from_utf8_lossy(seen).into_owned()));
        }
    }
}
