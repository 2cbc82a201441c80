//! The one shape in which a problem leaves (RFC 9457), for callers and for the contract.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// What went wrong (RFC 9457). Programs act on `code` or `type`; `title` and `detail` are for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProblemDetails)]
pub struct ProblemBody {
    /// Where the problem is described, relative to the service; `about:blank` when the status says it all.
    #[serde(rename = "type")]
    #[schema(
        format = "uri-reference",
        max_length = 200,
        example = "/samlad/v1/problems/picture.already-adopted"
    )]
    pub kind: String,
    /// The phrase of the status (RFC 9110).
    #[schema(max_length = 100, example = "Conflict")]
    pub title: String,
    #[schema(minimum = 400, maximum = 599, example = 409)]
    pub status: u16,
    /// What it was this time, in the language asked for by `Accept-Language`: Swedish or English.
    #[schema(max_length = 1000, example = "Lägesbilden är redan fastställd.")]
    pub detail: String,
    /// The path that was asked for.
    #[schema(format = "uri-reference", max_length = 8192, example = "/samlad/v1/programmes")]
    pub instance: String,
    /// Stable; the last part of `type`.
    #[schema(max_length = 100, example = "picture.already-adopted")]
    pub code: String,
    /// The trace (W3C) under which the service's own log tells more.
    #[schema(min_length = 32, max_length = 32, pattern = "^[0-9a-f]{32}$")]
    pub trace_id: String,
    /// With 422: every place of the body that breaks the contract.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 1000)]
    pub errors: Vec<BrokenRule>,
    /// With `text.personal-data`: everything that the guard found, in all texts; what refuses and what only warns. With
    /// `picture.warnings-unacknowledged`: every place that it warns of and nobody has answered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50_000)]
    pub findings: Vec<TextFinding>,
    /// With `text.personal-data`: the version of the guard's policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 2_147_483_647_i64)]
    pub policy_version: Option<u32>,
    /// With 412: the version that stands now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 2_147_483_647_i64)]
    pub current_version: Option<i32>,
}

/// One place of the body that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BrokenRule {
    /// Into the body (RFC 6901).
    #[schema(max_length = 500, example = "/sections/0/items/2/text")]
    pub pointer: String,
    #[schema(max_length = 500, example = "Högst 4000 tecken.")]
    pub detail: String,
    #[schema(max_length = 100, example = "maxLength")]
    pub code: String,
}

/// One place of a text where the personal-data guard found something. It never holds the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TextFinding {
    /// The text's place in the body (RFC 6901); of a warning, in the picture as it is read.
    #[schema(max_length = 500, example = "/sections/0/items/2/text")]
    pub pointer: String,
    /// The text, where it is stored: what the acknowledgement of a warning names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Uuid>,
    /// Where it begins, in Unicode code points.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub start: u32,
    /// Where it ends, exclusive.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub end: u32,
    #[schema(max_length = 50, example = "personnummer")]
    pub class: String,
    /// `refuse`: the text is not stored; `warn`: it is, with the warning.
    #[schema(max_length = 20, example = "refuse")]
    pub action: String,
    /// What to write instead.
    #[schema(max_length = 200)]
    pub message: String,
}
