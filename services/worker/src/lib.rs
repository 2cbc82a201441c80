//! Duties that act by themselves: open the week's cycle, remind those who are missing, close what has
//! fallen silent. Doing one twice does nothing.

mod close_silent;
mod open_cycle;
mod remind;

use est::decision::{Command, Order};
use est::permission::Actor;
use est::{Aggregate, Facts, Grant, ProgrammeId};
use event_log::{Database, Expected, Fault, Log, NotRecorded, Rim, Submission, Writer};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use views::Reader;

/// How often the clock is looked at.
const ROUND: Duration = Duration::from_mins(1);

/// What a duty works with.
pub struct Office {
    pub writer: Writer,
    pub database: Database,
    pub reader: Reader,
    pub rim: Arc<dyn Rim>,
}

/// A programme as a duty sees it.
struct Desk<'a> {
    office: &'a Office,
    grant: Grant,
    facts: Arc<Facts>,
}

/// Goes round every minute until told to stop; a fault is logged, and the next round tries again.
pub async fn run(office: Office, mut stop: watch::Receiver<bool>) {
    let mut rounds = tokio::time::interval(ROUND);
    rounds.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    loop {
        let stopped = tokio::select! {
            _ = rounds.tick() => false,
            // A stop is asked for, or nobody is left to ask.
            _ = stop.changed() => true,
        };
        if stopped {
            break;
        }
        if let Err(fault) = round(&office).await {
            tracing::error!(error = %fault, "a round of duties failed");
        }
    }
}

/// One round of all duties in all programmes. A fault in one is logged and keeps no other waiting; the last is told.
pub async fn round(office: &Office) -> Result<(), Fault> {
    let mut told = Ok(());
    for (programme, _) in Log::new(&office.database).heads().await? {
        if let Err(fault) = perform(office, ProgrammeId(programme)).await {
            tracing::error!(%programme, error = %fault, cause = ?fault, "a programme's duties failed");
            told = Err(fault);
        }
    }
    told
}

/// All duties in one programme.
async fn perform(office: &Office, programme: ProgrammeId) -> Result<(), Fault> {
    let facts = office.writer.standing().current(&office.database, programme.0).await?;
    if let Some(facts) = facts.filter(|facts| facts.programme.active()) {
        let desk = Desk { office, grant: Grant { programme, own: None }, facts };
        open_cycle::perform(&desk).await?;
        remind::perform(&desk).await?;
        close_silent::perform(&desk).await?;
    }
    Ok(())
}

impl Desk<'_> {
    /// Submits a duty's command. A refusal means that somebody else has done it.
    async fn submit<C: Command>(
        &self,
        duty: &'static str,
        key: <C::State as Aggregate>::Key,
        command: C,
    ) -> Result<(), Fault> {
        let submitted = self.office.writer.submit(Submission {
            programme: self.grant.programme.0,
            opens: false,
            decision: Box::new(Order { actor: Actor::Duty(duty), key, command }),
            texts: Vec::new(),
            trace: None,
            expected: Expected::Any,
            key: None,
            location: String::new(),
            rehearsal: false,
        });
        match submitted.await {
            Ok(_) => Ok(()),
            Err(NotRecorded::Refused(refusal)) => {
                tracing::debug!(duty, code = refusal.code, "a duty was not needed");
                Ok(())
            }
            Err(NotRecorded::Failed(fault)) => Err(Fault::new("performing a duty", fault)),
            Err(other) => Err(Fault::new("performing a duty", format!("{other:?}"))),
        }
    }
}
