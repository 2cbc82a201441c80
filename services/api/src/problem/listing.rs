//! Every problem a caller may meet, with its stable code and what it means: the documentation is made of it.

use crate::language::Language;
use actix_web::http::StatusCode;
use est::{Kind, Refusal, refusal};

/// One kind of problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Stable, such as `picture.already-adopted`.
    pub code: &'static str,
    pub status: u16,
    pub swedish: &'static str,
    pub english: &'static str,
}

impl Listed {
    pub fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    pub const fn sentence(&self, language: Language) -> &'static str {
        match language {
            Language::Swedish => self.swedish,
            Language::English => self.english,
        }
    }
}

impl From<Refusal> for Listed {
    fn from(refusal: Refusal) -> Self {
        let status = match refusal.kind {
            Kind::Conflict => 409,
            Kind::Forbidden => 403,
            Kind::Stale => 412,
            Kind::Unknown => 404,
        };
        Self { code: refusal.code, status, swedish: refusal.swedish, english: refusal.english }
    }
}

/// All problems: those of the service itself, then the refusals of the method.
pub(crate) fn catalogue() -> Vec<Listed> {
    LISTED.iter().copied().chain(refusal::all().map(Listed::from)).collect()
}

/// The phrases of RFC 9110, where those of the HTTP library are older.
pub(crate) fn title(status: StatusCode) -> &'static str {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => "Content Too Large",
        StatusCode::UNPROCESSABLE_ENTITY => "Unprocessable Content",
        other => other.canonical_reason().unwrap_or("Unknown"),
    }
}

macro_rules! listed {
    ($($name:ident = $code:literal, $status:literal, $swedish:literal, $english:literal;)*) => {
        $(pub(crate) const $name: Listed =
            Listed { code: $code, status: $status, swedish: $swedish, english: $english };)*
        const LISTED: &[Listed] = &[$($name),*];
    };
}

listed! {
    MALFORMED = "body.malformed", 400,
        "Innehållet går inte att läsa som JSON.", "The body does not read as JSON.";
    SHEET_BROKEN = "sheet.malformed", 400,
        "Filen går inte att läsa som CSV. Varje rad ska ha lika många fält som rubriken; spara som CSV UTF-8.",
        "The file does not read as CSV. Each row needs as many cells as the heading; save it as CSV UTF-8.";
    HEADER_MISSING = "header.missing", 400,
        "Ett huvudfält som krävs saknas.", "A required header is missing.";
    HEADER_BROKEN = "header.broken", 400, "Ett huvudfält går inte att läsa.", "A header does not read.";
    PAGE_BROKEN = "page.broken", 400,
        "Sidan finns inte: page börjar på 1 och limit är 1–200.",
        "No such page: page begins at 1, limit is 1-200.";
    PARAMETER_BROKEN = "parameter.broken", 400,
        "En parameter i frågan går inte att läsa.", "A query parameter does not read.";
    PARAMETER_UNKNOWN = "parameter.unknown", 400,
        "Frågan har en parameter som inte finns. Det som skrivs tar bara dryRun. Inget har sparats.",
        "The query has a parameter that does not exist. A write takes dryRun alone. Nothing was stored.";
    VERSION_MISSING = "version.missing", 400,
        "Säg i If-Match vilken version du utgick från.", "Say in If-Match which version you decided on.";
    UNAUTHENTICATED = "caller.unauthenticated", 401,
        "Anropet saknar en giltig åtkomstbiljett.", "The request carries no valid access token.";
    FORBIDDEN = "caller.forbidden", 403, "Du får inte göra detta.", "You may not do this.";
    NOT_FOUND = "resource.unknown", 404, "Det finns inget sådant för dig.", "There is no such thing for you.";
    NO_SUCH_ROUTE = "path.unknown", 404, "Sökvägen finns inte.", "There is no such path.";
    METHOD_NOT_ALLOWED = "method.not-allowed", 405,
        "Metoden används inte här; huvudfältet Allow säger vilka som gör det.",
        "The method is not used here; the header Allow says which are.";
    PRECONDITION_FAILED = "version.stale", 412,
        "Du utgick från en äldre version. Läs om, och försök igen.",
        "You decided on an older version. Read again, then retry.";
    TOO_LARGE = "body.too-large", 413, "Innehållet är för stort.", "The body is too large.";
    UNSUPPORTED_MEDIA_TYPE = "body.unsupported", 415,
        "Innehållet ska vara application/json.", "The body must be application/json.";
    INVALID = "body.invalid", 422,
        "Innehållet följer inte kontraktet; errors säger var.",
        "The body breaks the contract; errors says where.";
    PERSONAL_DATA = "text.personal-data", 422,
        "Texten innehåller personuppgifter eller annat som inte får sparas; findings säger var. Inget har sparats.",
        "The text contains personal data or what else may not be stored; findings says where. Nothing was stored.";
    KEY_REUSED = "key.reused", 422,
        "Samma Idempotency-Key har använts för en annan begäran.",
        "The same Idempotency-Key was used for another request.";
    PRECONDITION_REQUIRED = "version.any", 428,
        "If-Match: * räcker inte. Säg vilken version du utgick från.",
        "If-Match: * is not enough. Say which version you decided on.";
    TOO_MANY_REQUESTS = "quota.exceeded", 429,
        "Kvoten är förbrukad; Retry-After säger när du kan försöka igen.",
        "The quota is used up; Retry-After says when to try again.";
    BUG = "service.bug", 500, "Ett fel hos oss. Det är noterat.", "A fault of ours. It has been noted.";
    BUSY = "service.busy", 503,
        "Många väntar just nu; försök igen om en stund.", "Many are waiting; try again in a moment.";
    UNAVAILABLE = "service.unavailable", 503,
        "Tjänsten når inte sin databas; försök igen om en stund.",
        "The service does not reach its database; try again in a moment.";
}

/// What actix itself refused with a status that none of ours has; its `type` is `about:blank`.
pub(crate) const fn other(status: u16) -> Listed {
    Listed { code: "http.other", status, swedish: "Begäran avvisades.", english: "The request was refused." }
}
