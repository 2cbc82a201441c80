//! The mistakes of a body, each at its own place: what a validator says of a choice of forms is looked into.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;

/// The mistakes behind a validator's error. Of a choice it says only that no form fits; the one that is meant is told,
/// which is the form that the body is least wrong about.
pub(super) fn innermost<'a>(error: &'a ValidationError<'a>) -> Vec<&'a ValidationError<'a>> {
    let (Kind::OneOfNotValid { context: forms } | Kind::AnyOf { context: forms }) = error.kind() else {
        return vec![error];
    };
    let place = error.instance_path().to_string();
    let may_be_meant = |form: &&Vec<ValidationError<'_>>| {
        !form.is_empty() && !form.iter().any(|mistake| excludes(mistake, &place))
    };
    let meant = forms.iter().filter(may_be_meant).min_by_key(|form| form.len());
    meant.map_or_else(|| vec![error], |form| form.iter().flat_map(innermost).collect())
}

/// What stands there is not of this form at all: it is of another type, or its tag is another.
fn excludes(mistake: &ValidationError<'_>, place: &str) -> bool {
    if let Kind::Enum { options } = mistake.kind() {
        return options.as_array().is_some_and(|options| options.len() == 1);
    }
    matches!(mistake.kind(), Kind::Type { .. }) && mistake.instance_path().to_string() == place
}
