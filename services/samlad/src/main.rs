//! Samlad: the one binary. Here, and only here, the environment, the clock and randomness are read.

mod clock;
mod demo;
mod demonstration;
mod erasures;
mod follow_up;
mod import;
mod issuer;
mod office;
mod rebuild;
mod rescreen;
mod screen;
mod serve;
mod settings;
mod system;
mod token;
mod verify;

use clap::Parser;
use settings::{Arguments, Import, Order};
use tracing_subscriber::EnvFilter;

// A request makes and drops hundreds of small pieces, which the system's allocator showed up with in profiles.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let filter = EnvFilter::try_new(&arguments.log)?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if arguments.log_json {
        log.json().init();
    } else {
        log.init();
    }
    api::note_panics();
    let threads = arguments.threads.map_or_else(system::half_the_cores, usize::from);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build()?;
    runtime.block_on(perform(arguments.order, threads))
}

async fn perform(order: Order, threads: usize) -> anyhow::Result<()> {
    match order {
        Order::Serve(serve) => serve::perform(&serve, threads).await,
        Order::Work(database) => serve::work(&database).await,
        Order::Demo(demo) => demo::perform(&demo, threads).await,
        Order::Migrate(database) => office::migrate(&database.database_url).await,
        Order::Import(Import::PoliceExtract(extract)) => import::perform(&extract).await,
        Order::Verify(verify) => verify::perform(&verify).await,
        Order::Rebuild(rebuild) => rebuild::perform(&rebuild).await,
        Order::Rescreen(of) => rescreen::perform(&of).await,
        Order::Screen => screen::perform(),
        Order::Effects(effects) => follow_up::perform(&effects),
        Order::Token(token) => token::perform(&token),
        Order::Contract => system::say(&serde_json::to_string_pretty(&api::contract(""))?),
    }
}
