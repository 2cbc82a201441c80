//! How the half-year is played: every step is an HTTP request of somebody who may take it, and the log grows by what
//! was granted and by nothing else.

use crate::almanac::{Number, moment, week};
use crate::chance::Chance;
use crate::sent::Sent;
use jiff::civil::Date;
use std::sync::Barrier;
use std::thread;
use tests::cast::{self, COORDINATORS, Cast};
use tests::client::{Answer, Ask};
use tests::world::World;

/// Who sends what.
pub(crate) type Sending = (String, Ask);

/// A half-year on its way.
pub(crate) struct Play {
    pub(crate) world: World,
    pub(crate) cast: Cast,
    pub(crate) chance: Chance,
    pub(crate) sent: Sent,
    pub(crate) number: Number,
    /// Where the log stood when the programme had been activated.
    pub(crate) activated: i64,
    pub(crate) position: i64,
    /// Whether what is read is compared with what was sent.
    pub(crate) looking: bool,
    now: String,
}

impl Play {
    pub(crate) fn begin(seed: u64, looking: bool) -> Self {
        let (world, cast) = cast::activated();
        let position = world.sql("SELECT max(position) FROM event").unwrap().concat().parse().unwrap();
        let name = |area: &String| {
            let read = world.caller(COORDINATORS[0]).get(cast.at(&format!("areas/{area}"))).ok().body;
            read["name"].as_str().unwrap().to_owned()
        };
        let names = cast.areas.iter().map(name).collect();
        let (sent, chance) = (Sent::of(&cast, names), Chance::of(seed));
        let (number, now) = (0, String::new());
        Self { world, cast, chance, sent, number, activated: position, position, looking, now }
    }

    /// It is a time of a weekday of the present week.
    pub(crate) fn at(&mut self, weekday: i8, time: &str) {
        self.now = moment(self.number, weekday, time);
        self.world.clock.set(&self.now);
    }

    pub(crate) fn now(&self) -> &str {
        &self.now
    }

    /// No act is taken so late that it is another day in Sweden.
    pub(crate) fn today(&self) -> Date {
        self.now[..10].parse().unwrap()
    }

    /// A path of a week of the half-year.
    pub(crate) fn week(&self, number: Number, path: &str) -> String {
        self.cast.at(&format!("weeks/{}/{path}", week(number)))
    }

    /// A path of the present week.
    pub(crate) fn here(&self, path: &str) -> String {
        self.week(self.number, path)
    }

    /// One of the two coordinators; they take turns by chance.
    pub(crate) fn coordinator(&mut self) -> String {
        self.chance.word(&COORDINATORS).to_owned()
    }

    /// Somebody does what they may. Now and then the answer is lost on its way and the same is sent again.
    #[track_caller]
    pub(crate) fn does(&mut self, who: &str, ask: Ask) -> Answer {
        let ask = self.keyed(ask);
        let answer = self.world.caller(who).send(&ask).ok();
        self.position += answer.body["events"].as_i64().unwrap();
        assert_eq!(answer.position(), self.position, "the log grew by something else: {ask:?}");
        if ask.method == "POST" && self.chance.percent(3) {
            let again = self.world.caller(who).send(&ask).ok();
            for member in ["location", "position", "version", "events"] {
                assert_eq!(again.body[member], answer.body[member], "{member} of {ask:?}");
            }
            assert_eq!(again.body["replayed"], true, "{ask:?}");
        }
        answer
    }

    /// A coordinator does.
    #[track_caller]
    pub(crate) fn coordinates(&mut self, ask: Ask) -> Answer {
        let who = self.coordinator();
        self.does(&who, ask)
    }

    /// Somebody tries what is refused; that the log stood still is seen at the next thing that is granted.
    #[track_caller]
    pub(crate) fn refused(&mut self, who: &str, ask: Ask, (status, code): (u16, &'static str)) {
        let ask = self.keyed(ask);
        self.world.caller(who).send(&ask).refused(status, code);
        *self.sent.refusals.entry(code).or_default() += 1;
    }

    /// Two send at the same moment, and exactly one wins; the other is told why not.
    #[track_caller]
    pub(crate) fn at_once(&mut self, sendings: [Sending; 2], (status, code): (u16, &'static str)) -> Answer {
        let [one, other] = sendings.map(|(who, ask)| (who, self.keyed(ask)));
        let barrier = Barrier::new(2);
        let send = |(who, ask): &Sending| {
            barrier.wait();
            self.world.caller(who).send(ask)
        };
        let answers = thread::scope(|scope| {
            let first = scope.spawn(|| send(&one));
            let second = send(&other);
            [first.join().unwrap(), second]
        });
        let (won, lost): (Vec<Answer>, Vec<Answer>) =
            answers.into_iter().partition(|answer| (200..300).contains(&answer.status));
        assert_eq!((won.len(), lost.len()), (1, 1), "of two at once one wins: {won:?} {lost:?}");
        for lost in lost {
            lost.refused(status, code);
        }
        *self.sent.refusals.entry(code).or_default() += 1;
        self.sent.races += 1;
        let won = won.into_iter().next().unwrap();
        self.position += won.body["events"].as_i64().unwrap();
        assert_eq!(won.position(), self.position, "the loser left a trace: {one:?}");
        won
    }

    /// Many send, two at a time, and all are heard, each at a position of its own.
    pub(crate) fn together(&mut self, sendings: Vec<Sending>) {
        let sendings: Vec<Sending> = sendings.into_iter().map(|(who, ask)| (who, self.keyed(ask))).collect();
        let world = &self.world;
        let send = |half: &[Sending]| -> Vec<i64> {
            half.iter().map(|(who, ask)| world.caller(who).send(ask).ok().position()).collect()
        };
        let mut positions = thread::scope(|scope| {
            let (one, other) = sendings.split_at(sendings.len() / 2);
            let first = scope.spawn(|| send(one));
            let mut second = send(other);
            second.extend(first.join().unwrap());
            second
        });
        positions.sort_unstable();
        let wanted: Vec<i64> = (self.position + 1..).take(sendings.len()).collect();
        assert_eq!(positions, wanted, "each has a position of its own");
        self.position += i64::try_from(sendings.len()).unwrap();
    }

    /// The key of a request comes of the seed: with the same seed all is sent anew under the same keys.
    fn keyed(&mut self, ask: Ask) -> Ask {
        let key = self.chance.id().to_string();
        if ask.method == "POST" { ask.with("Idempotency-Key", key) } else { ask }
    }
}
