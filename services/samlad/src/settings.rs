//! What the operator says, on the command line or in the environment.

use clap::{Args, Parser, Subcommand};
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use uuid::Uuid;

/// Samlad, the backend of Effektiv Samordning för Trygghet.
#[derive(Debug, Parser)]
#[command(version, about)]
pub(crate) struct Arguments {
    /// What to log: a level, or levels by module.
    #[arg(long, env = "SAMLAD_LOG", default_value = "info", global = true)]
    pub(crate) log: String,
    /// Log as JSON lines.
    #[arg(long, env = "SAMLAD_LOG_JSON", global = true)]
    pub(crate) log_json: bool,
    /// Threads that serve requests, and as many that write to the log. Half of the processor's cores, unless told
    /// otherwise: the other half is PostgreSQL's.
    #[arg(long, env = "SAMLAD_THREADS", global = true)]
    pub(crate) threads: Option<NonZeroUsize>,
    #[command(subcommand)]
    pub(crate) order: Order,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Order {
    /// Serve the API, with the duties unless told otherwise.
    Serve(Serve),
    /// Perform the duties only: open cycles, remind.
    Work(DatabaseUrl),
    /// Start a private PostgreSQL with a demonstration programme, and serve it.
    Demo(Demo),
    /// Bring the database's schema up to date. Needs its owner's rights.
    Migrate(DatabaseUrl),
    /// Bring in what an organisation has in systems of its own.
    #[command(subcommand)]
    Import(Import),
    /// Prove each log: leaves, positions, versions, commitments.
    Verify(OfProgramme),
    /// Make the views anew from the log, compare them with the live ones, and put right what differs.
    Rebuild(Rebuild),
    /// Read all stored texts by the guard's present policy, and queue what is new to it. Deletes nothing.
    Rescreen(OfProgramme),
    /// Read texts from standard input as the guard would: JSON lines with id and text in, findings out. Stores nothing.
    Screen,
    /// Answer worked cases of follow-up, from a file, with what the engine makes of each. Stores nothing.
    Effects(Effects),
    /// Make an access token of the built-in issuer. Refused outside development mode.
    Token(Token),
    /// Print the OpenAPI document.
    Contract,
}

/// What to answer.
#[derive(Args, Debug)]
pub(crate) struct Effects {
    /// JSON: an object with `cases`, each with `id`, `kind` and `input`.
    pub(crate) cases: PathBuf,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct DatabaseUrl {
    /// `postgres://user:password@host:port/database?sslmode=require`
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub(crate) database_url: String,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) database: DatabaseUrl,
    #[command(flatten)]
    pub(crate) listen: Listen,
    /// The issuer that tokens must name.
    #[arg(long, env = "SAMLAD_ISSUER")]
    pub(crate) issuer: String,
    /// The issuer's keys (JWKS): a file, or an https address.
    #[arg(long, env = "SAMLAD_JWKS")]
    pub(crate) jwks: String,
    /// Leave the duties to `samlad work`.
    #[arg(long, env = "SAMLAD_WITHOUT_DUTIES")]
    pub(crate) without_duties: bool,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Listen {
    /// Where to listen.
    #[expect(clippy::struct_field_names, reason = "the option is called --listen")]
    #[arg(long, env = "SAMLAD_LISTEN", default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// The address that callers use, without a path; links are made from it. `http://` and `listen` by default.
    #[arg(long, env = "SAMLAD_BASE_URL")]
    pub(crate) base_url: Option<String>,
    /// The audience that tokens must name.
    #[arg(long, env = "SAMLAD_AUDIENCE", default_value = "samlad")]
    pub(crate) audience: String,
    /// Subjects that may open programmes.
    #[arg(long = "operator", env = "SAMLAD_OPERATORS", value_delimiter = ',')]
    pub(crate) operators: Vec<String>,
    /// Requests that a caller may make in a minute.
    #[arg(long, env = "SAMLAD_QUOTA", default_value_t = 6000)]
    pub(crate) quota: u32,
    /// Addresses of the proxies in front, whose `X-Forwarded-For` is believed when quotas are counted.
    #[arg(long = "proxy", env = "SAMLAD_PROXIES", value_delimiter = ',')]
    pub(crate) proxies: Vec<IpAddr>,
    /// Days that backups of the database are kept at the most; the receipt of an erasure says so.
    #[arg(long, env = "SAMLAD_BACKUP_DAYS", default_value_t = 30)]
    pub(crate) backup_days: u16,
    /// A file beside the database that lists what has been erased, so that it is erased again when a backup from before
    /// has been restored.
    #[arg(long, env = "SAMLAD_ERASURES")]
    pub(crate) erasures: Option<PathBuf>,
    /// Writer lanes.
    #[arg(long, env = "SAMLAD_LANES", default_value_t = 2)]
    pub(crate) lanes: usize,
    /// Database connections.
    #[arg(long, env = "SAMLAD_CONNECTIONS", default_value_t = 16)]
    pub(crate) connections: usize,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Demo {
    /// Use this database instead of a private PostgreSQL.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub(crate) database_url: Option<String>,
    /// Where the private PostgreSQL and the issuer's key are kept.
    #[arg(long, env = "SAMLAD_FOLDER", default_value = ".samlad")]
    pub(crate) folder: PathBuf,
    #[command(flatten)]
    pub(crate) listen: Listen,
    /// Fill the database and stop.
    #[arg(long)]
    pub(crate) fill_only: bool,
    /// A file with the moment that it is for the demonstration, read whenever the time is asked for.
    #[arg(long, env = "SAMLAD_CLOCK")]
    pub(crate) clock: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Import {
    /// The police's extract of events: each week's rows become their unit's weekly report. Running it again
    /// adds only what is new.
    PoliceExtract(PoliceExtract),
}

#[derive(Clone, Debug, Args)]
pub(crate) struct PoliceExtract {
    /// The extract: CSV with `id`, `occurred_at` (local time), `type`, `text` and, where it is known, `area`.
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) database: DatabaseUrl,
    /// The programme that it is brought into.
    #[arg(long)]
    pub(crate) programme: Uuid,
    /// What the types mean, instead of the own table: CSV with `type`, `indicator`, `subtypes` (`|` between)
    /// and `out_of_scope_reason`.
    #[arg(long)]
    pub(crate) types: Option<PathBuf>,
    /// Names of places that no area is called by: CSV with `place`, `area`.
    #[arg(long)]
    pub(crate) areas: Option<PathBuf>,
    /// The police's reporting unit, by id or name; needed where they have several.
    #[arg(long)]
    pub(crate) unit: Option<String>,
    /// Tell what would be brought in, and store nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct OfProgramme {
    #[command(flatten)]
    pub(crate) database: DatabaseUrl,
    /// One programme; all when left out.
    #[arg(long)]
    pub(crate) programme: Option<Uuid>,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Rebuild {
    #[command(flatten)]
    pub(crate) of: OfProgramme,
    /// Compare only, and change nothing.
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Token {
    /// Whose token.
    pub(crate) subject: String,
    /// Where the issuer's key is kept.
    #[arg(long, env = "SAMLAD_FOLDER", default_value = ".samlad")]
    pub(crate) folder: PathBuf,
    #[arg(long, env = "SAMLAD_AUDIENCE", default_value = "samlad")]
    pub(crate) audience: String,
    /// Minutes that the token lives.
    #[arg(long, default_value_t = 60)]
    pub(crate) minutes: u32,
    /// This is development: the built-in issuer may be used.
    #[arg(long, env = "SAMLAD_DEVELOPMENT")]
    pub(crate) development: bool,
}
