//! A log in memory that decides as the real one does: its streams, its facts, its positions.

use crate::demonstration::Demonstration;
use est::event::{Event, Happened};
use est::facts::Facts;
use std::collections::BTreeMap;

#[derive(Default)]
pub(super) struct Log {
    pub(super) events: Vec<Happened>,
    pub(super) facts: Facts,
    pub(super) refused: Vec<String>,
    streams: BTreeMap<String, Vec<usize>>,
}

impl Log {
    pub(super) fn record(&mut self, story: Demonstration) {
        for moment in story.moments {
            for act in moment.acts {
                let stream = act.order.stream();
                let past = self.past(&stream, &act.order.reads());
                match act.order.decide(&past, &self.facts, moment.at) {
                    Ok(events) => {
                        for event in events {
                            self.append(story.programme.0, &stream, event, moment.at);
                        }
                    }
                    Err(refusal) => self.refused.push(format!("{} {stream}: {}", moment.at, refusal.code)),
                }
            }
        }
    }

    fn append(&mut self, programme: uuid::Uuid, stream: &str, event: Event, recorded_at: jiff::Timestamp) {
        let own = self.streams.entry(stream.to_owned()).or_default();
        own.push(self.events.len());
        let happened = Happened {
            programme,
            position: i64::try_from(self.events.len()).unwrap() + 1,
            stream: stream.to_owned(),
            version: i32::try_from(own.len()).unwrap(),
            recorded_at,
            event,
        };
        self.facts.follow(&happened);
        self.events.push(happened);
    }

    /// The events of a stream and of those that the decision reads, in order.
    fn past(&self, stream: &str, reads: &[String]) -> Vec<Happened> {
        let named = |name: &String| name == stream || reads.iter().any(|read| belongs(name, read));
        let starts = reads.iter().map(String::as_str).chain([stream]);
        let mut places: Vec<_> = starts
            .flat_map(|start| {
                self.streams.range(start.to_owned()..).take_while(move |(name, _)| name.starts_with(start))
            })
            .filter(|(name, _)| named(name))
            .flat_map(|(_, places)| places.iter().copied())
            .collect();
        places.sort_unstable();
        places.dedup();
        places.iter().map(|place| self.events[*place].clone()).collect()
    }

    pub(super) fn in_stream(&self, name: &str) -> Vec<&Event> {
        let own = self.events.iter().filter(|happened| belongs(&happened.stream, name));
        own.map(|happened| &happened.event).collect()
    }

    /// All that would be stored, one event after another.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let stored = |happened: &Happened| {
            let place = format!("{} {} {}\n", happened.position, happened.stream, happened.recorded_at);
            [place.into_bytes(), happened.event.bytes().unwrap()].concat()
        };
        self.events.iter().flat_map(stored).collect()
    }
}

fn belongs(stream: &str, name: &str) -> bool {
    if name.ends_with('/') { stream.starts_with(name) } else { stream == name }
}
