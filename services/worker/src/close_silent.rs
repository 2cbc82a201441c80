//! Closes the problems that have fallen silent, once a week for the week that has passed (R52).

use crate::Desk;
use est::Week;
use est::problem::{CloseSilent, weeks_of_silence};
use event_log::{Fault, Log};
use views::problems::ProblemStatus;

/// What its progress is noted under: the week it was last done for, counted in whole weeks.
const DUTY: &str = "close-silent";

pub(crate) async fn perform(desk: &Desk<'_>) -> Result<(), Fault> {
    let today = desk.office.rim.now().to_zoned(desk.facts.method().zone()).date();
    let passed = Week::of(today).plus(-1);
    let Some(weeks) = weeks_of_silence(&desk.facts, passed) else { return Ok(()) };
    let (log, programme) = (Log::new(&desk.office.database), desk.grant.programme.0);
    let done = i64::from(passed.number());
    if log.checkpoint(programme, DUTY).await? >= done {
        return Ok(());
    }
    for problem in desk.office.reader.problems(&desk.grant).await? {
        let spoken_of = problem.last_spoken_of.is_some_and(|last| weeks.contains(&last));
        if problem.status == ProblemStatus::Open && !spoken_of {
            desk.submit(DUTY, problem.id, CloseSilent { weeks: weeks.clone() }).await?;
        }
    }
    log.check_in(programme, DUTY, done).await
}
