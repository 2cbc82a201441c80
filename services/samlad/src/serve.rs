//! `samlad serve` and `samlad work`: the API and the duties, until told to stop.

use crate::erasures;
use crate::office::Office;
use crate::settings::{DatabaseUrl, Listen, Serve};
use anyhow::{Context, anyhow};
use api::{KeySource, Parts, QuotaSettings, Settings, TokenSettings, Tokens};
use est::Subject;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// The longest ordinary request body.
const BODY_BYTES_MAX: usize = 256 * 1024;

pub(crate) async fn perform(serve: &Serve, threads: usize) -> anyhow::Result<()> {
    let keys = if serve.jwks.contains("://") {
        KeySource::Url(serve.jwks.clone())
    } else {
        KeySource::File(PathBuf::from(&serve.jwks))
    };
    let office = Office::open(&serve.database.database_url, serve.listen.connections, serve.listen.lanes)?;
    let tokens = tokens(&serve.issuer, &serve.listen, keys).await?;
    run(office, (&serve.listen, threads), tokens, !serve.without_duties, |_| Ok(())).await
}

/// The check of tokens, by the operator's word.
pub(crate) async fn tokens(issuer: &str, listen: &Listen, keys: KeySource) -> anyhow::Result<Arc<Tokens>> {
    let settings = TokenSettings {
        issuer: issuer.to_owned(),
        audience: listen.audience.clone(),
        keys,
        leeway_seconds: TokenSettings::LEEWAY_SECONDS,
    };
    Tokens::open(settings).await.context("the issuer's keys cannot be read")
}

/// Serves until a signal comes; then lets what is under way finish.
pub(crate) async fn run(
    office: Office,
    (listen, threads): (&Listen, usize),
    tokens: Arc<Tokens>,
    duties: bool,
    started: impl FnOnce(&str) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    erasures::again(&office.database, listen.erasures.as_deref()).await?;
    let socket =
        TcpListener::bind(listen.listen).with_context(|| format!("cannot listen on {}", listen.listen))?;
    let base_url =
        listen.base_url.clone().map_or_else(|| socket.local_addr().map(|at| format!("http://{at}")), Ok)?;
    let operators = listen.operators.iter().map(|operator| {
        Subject::new(operator).ok_or_else(|| anyhow!("{operator:?} cannot be an operator: not a subject"))
    });
    let operators = operators.collect::<anyhow::Result<_>>()?;
    let recorder = api::recorder()?;
    let measures = recorder.handle();
    metrics::set_global_recorder(recorder)
        .map_err(|_taken| anyhow!("another recorder of measures is installed"))?;
    tokio::spawn(api::upkeep(measures.clone()));
    let parts = Parts {
        writer: office.writer.clone(),
        database: office.database.clone(),
        reader: office.reader.clone(),
        tokens,
        rim: Arc::clone(&office.rim),
        settings: Settings {
            base_url: base_url.clone(),
            operators,
            proxies: listen.proxies.clone(),
            body_bytes_max: BODY_BYTES_MAX,
            backup_days: listen.backup_days,
            threads,
        },
        quota: QuotaSettings { requests: listen.quota, window_seconds: 60 },
        metrics: measures,
    };
    let listening = api::listen(parts, socket).map_err(|error| anyhow!(error))?;
    let (stop, stopped) = watch::channel(false);
    let list = listen
        .erasures
        .clone()
        .map(|list| tokio::spawn(erasures::keep(office.database.clone(), list, stopped.clone())));
    let duties = duties.then(|| tokio::spawn(worker::run(duties_of(&office), stopped)));
    started(&base_url)?;
    let server = tokio::spawn(listening.server);
    stop_asked().await?;
    tracing::info!("stopping");
    listening.handle.stop(true).await;
    server.await??;
    stop.send_replace(true);
    for task in duties.into_iter().chain(list) {
        task.await?;
    }
    office.close().await
}

/// Performs the duties only.
pub(crate) async fn work(database: &DatabaseUrl) -> anyhow::Result<()> {
    let office = Office::open(&database.database_url, 4, 1)?;
    erasures::again(&office.database, None).await?;
    let (stop, stopped) = watch::channel(false);
    let duties = tokio::spawn(worker::run(duties_of(&office), stopped));
    stop_asked().await?;
    stop.send_replace(true);
    duties.await?;
    office.close().await
}

fn duties_of(office: &Office) -> worker::Office {
    worker::Office {
        writer: office.writer.clone(),
        database: office.database.clone(),
        reader: office.reader.clone(),
        rim: Arc::clone(&office.rim),
    }
}

async fn stop_asked() -> anyhow::Result<()> {
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted?,
        _ = terminated.recv() => {}
    }
    Ok(())
}
