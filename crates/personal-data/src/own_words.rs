//! Names of a programme's own streets, schools, parks and firms: named after persons, but no persons.

/// Whole phrases that are never read as a person's name, in any case and in the genitive too.
#[derive(Debug, Clone, Default)]
pub struct OwnWords {
    phrases: Vec<String>,
}

impl OwnWords {
    pub fn new(places: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        Self { phrases: places.into_iter().map(|place| place.as_ref().to_lowercase()).collect() }
    }

    pub(crate) fn phrases(&self) -> impl Iterator<Item = &str> {
        self.phrases.iter().map(String::as_str)
    }
}
