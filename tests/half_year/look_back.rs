//! At each month's end: the log holds, the views are what it says, and what was read before is read again as of then.

use crate::almanac::week;
use crate::play::Play;
use event_log::verify;
use serde_json::Value;
use tests::cast::COORDINATORS;
use uuid::Uuid;
use views::rebuild;

/// What was read when the log stood at a position.
#[derive(Clone, Debug)]
pub(crate) struct Remembered {
    path: String,
    position: i64,
    at: String,
    body: Value,
}

pub(crate) fn look(play: &Play, remembered: &[Remembered]) {
    let programme: Uuid = play.cast.programme.parse().unwrap();
    let verified = play.world.run(verify(&play.world.database, programme)).unwrap();
    assert_eq!(verified.breaches, Vec::<String>::new(), "{}", week(play.number));
    assert_eq!(verified.events, play.position, "what was refused left a trace");
    let rebuilt = play.world.run(rebuild(&play.world.database, programme, false, |_| ())).unwrap();
    for view in rebuilt {
        assert_eq!(view.differing, Vec::<String>::new(), "{} in {}", view.table, week(play.number));
    }
    for its in remembered {
        for then in [format!("asOfPosition={}", its.position), format!("asOfTime={}", its.at)] {
            assert_eq!(read(play, &format!("{}?{then}", its.path)), its.body, "{} {then}", its.path);
        }
    }
}

/// The pictures of the month, the period's priorities and the interventions as they stand.
pub(crate) fn remember(play: &Play) -> Vec<Remembered> {
    let pictures =
        play.sent.pictures.range(play.number - 3..).map(|(number, _)| play.week(*number, "picture"));
    let periods =
        play.sent.periods.iter().map(|its| play.cast.at(&format!("priorities/{}", week(its.first))));
    let proposed = play.sent.interventions.iter().filter(|its| its.is_proposed());
    let interventions = proposed.map(|its| play.cast.at(&format!("interventions/{}", its.id)));
    let paths = pictures.chain(periods).chain(interventions);
    let remembered = |path: String| {
        let (body, at) = (read(play, &path), play.now().to_owned());
        Remembered { path, position: play.position, at, body }
    };
    paths.map(remembered).collect()
}

/// What asks for attention is of the day that it is read, and not of what is looked back on.
fn read(play: &Play, path: &str) -> Value {
    let mut body = play.world.caller(COORDINATORS[0]).get(path).ok().body;
    if let Some(told) = body.as_object_mut() {
        told.remove("alerts");
    }
    body
}
