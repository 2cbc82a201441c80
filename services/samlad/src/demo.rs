//! `samlad demo`: a private PostgreSQL with a demonstration programme, served, with tokens and lines to try.

use crate::demonstration::{self, Act, Demonstration, Moment};
use crate::issuer::Issuer;
use crate::office::{self, Office};
use crate::settings::Demo;
use crate::system::{System, say};
use crate::{clock, serve, token};
use anyhow::{Context, anyhow, bail};
use api::KeySource;
use est::guard::Guard;
use est::permission::FunctionKind;
use est::{ProgrammeId, Week};
use event_log::{Expected, Log, Rim, Submission, Writer};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use local_postgres::{Cluster, Settings};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::task::JoinSet;

/// The demonstration is the same wherever it is made.
const SEED: u64 = 2018;
/// The database within the private cluster.
const DATABASE: &str = "samlad";
/// How long the printed tokens live: a working week of trying things out.
const TOKEN_LIFETIME: Duration = Duration::from_hours(5 * 24);

pub(crate) async fn perform(demo: &Demo, threads: usize) -> anyhow::Result<()> {
    let cluster = match &demo.database_url {
        Some(_) => None,
        None => Some(start(demo).await?),
    };
    let url = match (&demo.database_url, &cluster) {
        (Some(url), _) => url.clone(),
        (None, Some(cluster)) => cluster.url(DATABASE),
        (None, None) => bail!("there is no database"),
    };
    let served = fill_and_serve(demo, &url, threads).await;
    if let Some(cluster) = cluster {
        tokio::task::spawn_blocking(move || cluster.stop()).await??;
    }
    served
}

/// Starts the private cluster, with a database in it.
async fn start(demo: &Demo) -> anyhow::Result<Cluster> {
    let data_folder = std::path::absolute(&demo.folder)?.join("postgres");
    say("Starting a private PostgreSQL …")?;
    let settings = Settings { data_folder, port: None, durable: true };
    let cluster = tokio::task::spawn_blocking(move || Cluster::start(&settings)).await??;
    let (client, connection) = tokio_postgres::connect(&cluster.admin_url(), tokio_postgres::NoTls).await?;
    let connection = tokio::spawn(connection);
    let there = client.query_opt("SELECT 1 FROM pg_database WHERE datname = $1", &[&DATABASE]).await?;
    if there.is_none() {
        client.batch_execute(&format!("CREATE DATABASE {DATABASE}")).await?;
    }
    drop(client);
    connection.await??;
    Ok(cluster)
}

async fn fill_and_serve(demo: &Demo, url: &str, threads: usize) -> anyhow::Result<()> {
    event_log::migrate(url).await?;
    let today = System.now().to_zoned(TimeZone::get("Europe/Stockholm")?).date();
    let mut demonstration = demonstration::programme(SEED, Week::of(today), &office::gate(&Guard::base()))?;
    let mut moments = std::mem::take(&mut demonstration.moments);
    // The living week is made whole, but what lies ahead has not happened.
    let now = System.now();
    moments.retain(|moment| moment.at <= now);
    fill(url, &demonstration.name, demonstration.programme, moments).await?;
    if demo.fill_only {
        return Ok(());
    }
    let issuer = Issuer::load_or_create(&token::folder(&demo.folder))?;
    let mut listen = demo.listen.clone();
    listen.operators.push("demo-operator".to_owned());
    let clock = clock::of(demo.clock.as_deref())?;
    let office = Office::with(url, listen.connections, listen.lanes, clock)?;
    let programme = programme_in(&office, &demonstration).await?;
    let tokens = serve::tokens(token::ISSUER, &listen, KeySource::Set(issuer.jwks())).await?;
    let audience = listen.audience.clone();
    let greet = |base: &str| greet(base, programme, &demonstration, &issuer, &audience);
    serve::run(office, (&listen, threads), tokens, true, greet).await
}

/// The programme to show: the demonstration's own, which may have been made in an earlier week.
async fn programme_in(office: &Office, demonstration: &Demonstration) -> anyhow::Result<ProgrammeId> {
    let heads = Log::new(&office.database).heads().await?;
    let own = heads.iter().find(|(programme, _)| *programme == demonstration.programme.0);
    own.map(|_| demonstration.programme).context("the database holds other programmes, and no demonstration")
}

/// The clock of the past: stands at the moment that is being filled in.
struct Almanac {
    now: Mutex<Timestamp>,
}

impl Rim for Almanac {
    fn now(&self) -> Timestamp {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn draw(&self) -> [u8; 32] {
        System.draw()
    }
}

/// Fills the demonstration in where there is no programme yet, moment by moment.
async fn fill(url: &str, name: &str, programme: ProgrammeId, moments: Vec<Moment>) -> anyhow::Result<()> {
    let almanac = Arc::new(Almanac { now: Mutex::new(Timestamp::UNIX_EPOCH) });
    let rim: Arc<dyn Rim> = almanac.clone();
    let office = Office::with(url, 4, 1, rim)?;
    if !Log::new(&office.database).heads().await?.is_empty() {
        return office.close().await;
    }
    say(&format!("Filling in {name} …"))?;
    let bar = ProgressBar::new(u64::try_from(moments.len())?);
    bar.set_style(ProgressStyle::with_template("{wide_bar} {pos}/{len} moments, {eta} left")?);
    for moment in moments {
        *almanac.now.lock().unwrap_or_else(PoisonError::into_inner) = moment.at;
        record(&office.writer, programme, moment).await?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    office.close().await
}

/// Records what happened at one moment; all of it at once, for the writer gathers what waits.
async fn record(writer: &Writer, programme: ProgrammeId, moment: Moment) -> anyhow::Result<()> {
    let mut acts = JoinSet::new();
    for Act { order, texts, opens } in moment.acts {
        let writer = writer.clone();
        acts.spawn(async move {
            let stream = order.stream();
            let submission = Submission {
                programme: programme.0,
                opens,
                decision: order,
                texts,
                trace: None,
                expected: Expected::Any,
                key: None,
                location: String::new(),
                rehearsal: false,
            };
            writer.submit(submission).await.map_err(|reason| anyhow!("{stream}: {reason:?}"))
        });
    }
    while let Some(recorded) = acts.join_next().await {
        recorded??;
    }
    Ok(())
}

/// Says where everything is, with tokens and lines that work as they stand.
fn greet(
    base: &str,
    programme: ProgrammeId,
    demonstration: &Demonstration,
    issuer: &Issuer,
    audience: &str,
) -> anyhow::Result<()> {
    say(&format!("\nSamlad serves {} at {base}/samlad/v1", demonstration.name))?;
    say(&format!("Documentation to browse: {base}/samlad/v1/docs/\n\nTokens (five days):"))?;
    let mut told = BTreeSet::new();
    for role in &demonstration.cast {
        if told.insert(role.function) {
            let token = token::make(issuer, role.subject.as_str(), audience, TOKEN_LIFETIME)?;
            say(&format!("\n# {} ({}, {})\n{token}", role.title, role.subject.as_str(), role.organisation))?;
        }
    }
    let token = |wanted: FunctionKind| {
        let role = demonstration.cast.iter().find(|role| role.function == wanted);
        let role = role.with_context(|| format!("the demonstration has no {wanted:?}"))?;
        anyhow::Ok((token::make(issuer, role.subject.as_str(), audience, TOKEN_LIFETIME)?, role))
    };
    let (coordinator, _) = token(FunctionKind::Coordinator)?;
    let (informant, role) = token(FunctionKind::Informant)?;
    let week = Week::of(System.now().to_zoned(TimeZone::get("Europe/Stockholm")?).date());
    let root = format!("{base}/samlad/v1/programmes/{programme}");
    let unit = role.unit.map(|unit| unit.to_string()).unwrap_or_default();
    let read = |about: &str, path: &str| {
        format!("\n# {about}\ncurl -s -H 'Authorization: Bearer {coordinator}' '{root}/{path}'")
    };
    say("\nTry:")?;
    say(&read("Who has reported this week, and who is silent", &format!("weeks/{week}/reporting")))?;
    say(&read("What the week has come to", &format!("weeks/{week}/overview")))?;
    say(&format!(
        "\n# Try a report without storing it: it was calm\ncurl -s -X POST -H 'Authorization: Bearer {informant}' \
         -H 'Content-Type: application/json' -H \"Idempotency-Key: try-$(date +%s)\" \
         -d '{{\"unit\":\"{unit}\",\"calm\":true}}' '{root}/weeks/{week}/reports?dryRun=true'"
    ))?;
    say(&read("Last week's picture", &format!("weeks/{}/picture", week.plus(-1))))?;
    say(&read("The areas that are prioritised this week", &format!("weeks/{week}/priorities")))?;
    say(&read("Interventions that ask for attention", "interventions?alerts=true"))?;
    if let Some(shown) = demonstration.shown {
        let timeline = format!("interventions/{shown}/timeline/picture");
        say(&format!(
            "{} -o timeline.svg",
            read("What was reported before, during and after one, as a picture", &timeline)
        ))?;
    }
    say(&read("Functions that rest on too few", "functions?understaffed=true"))?;
    say("\nStop with Ctrl-C; what has been recorded is kept.")
}
