//! How names that people write are compared: whatever the case, and however they are spaced.

/// What a name is known by.
pub fn key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn case_and_spaces_make_no_difference() {
        assert_eq!(key("  CENTRALA\u{a0} Örebro "), key("centrala örebro"));
        assert_ne!(key("Sörby"), key("Sörbyängen"));
    }
}
