//! What a caller may know when something does not work: one enum, one shape (RFC 9457). A refusal of the
//! method and a bug of ours both end here; the envelope adds path, trace and language on the way out.

mod body;
mod cause;
mod listing;
#[cfg(test)]
mod tests;
mod unproven;
mod wording;

pub(crate) use body::{BrokenRule, ProblemBody, TextFinding};
pub(crate) use listing::{Listed, catalogue};
pub(crate) use unproven::Unproven;

use crate::language::Language;
use crate::tokens::TokenFault;
use crate::violation::Violation;
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, ETAG, HeaderName, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, ResponseError};
use est::Refusal;
use event_log::{Fault, NotRecorded};
use personal_data::{Finding, PolicyVersion};
use std::error::Error;
use std::fmt;
use views::pictures::DraftWarning;

/// Where problems are described, one page for each code.
const PAGES: &str = "/samlad/v1/problems/";
/// The registered type of a quota that is used up, which clients know already.
const QUOTA_EXCEEDED: &str = "https://iana.org/assignments/http-problem-types#quota-exceeded";
/// Seconds after which it is worth trying again when the writer's queue is full.
const BUSY_SECONDS: u32 = 1;
/// Seconds after which a database that was out of reach may be back.
const OUTAGE_SECONDS: u32 = 5;

/// All that may be told to a caller.
#[derive(Debug)]
pub enum Problem {
    /// The body is not JSON; line and column where it breaks (0: not known), never what stands there.
    Malformed {
        line: usize,
        column: usize,
    },
    /// The file is not CSV in letters that we read, or a row has not as many cells as the heading; line 0: not known.
    SheetBroken {
        line: u64,
    },
    HeaderMissing {
        header: &'static str,
    },
    HeaderBroken {
        header: &'static str,
    },
    PageBroken,
    ParameterBroken {
        parameter: &'static str,
    },
    /// A write has a parameter in its query that it does not know.
    ParameterUnknown,
    Unauthenticated {
        reason: Unproven,
    },
    Forbidden,
    /// It does not exist, or not for this caller.
    NotFound,
    NoSuchRoute,
    /// The methods that are used here, as `Allow` lists them.
    MethodNotAllowed {
        allow: String,
    },
    /// The caller decided on another version than this.
    PreconditionFailed {
        version: i32,
    },
    TooLarge,
    UnsupportedMediaType,
    Invalid {
        errors: Vec<Violation>,
    },
    /// Pointers to the texts, with what the guard found in them; and what else breaks the contract.
    PersonalData {
        findings: Vec<(String, Finding)>,
        policy: PolicyVersion,
        errors: Vec<Violation>,
    },
    Refused(Refusal),
    /// The caller decided on another version of a part than this.
    PartStale {
        refusal: Refusal,
        version: i32,
    },
    /// Pointers to the draft's texts, with the warnings that nobody has answered.
    WarningsUnacknowledged {
        refusal: Refusal,
        warnings: Vec<DraftWarning>,
    },
    KeyReused,
    VersionMissing,
    /// Any version is not a version that somebody decided on.
    PreconditionRequired,
    TooManyRequests {
        retry_after: u32,
    },
    /// A fault of ours; the cause is for the log alone.
    Bug {
        cause: String,
    },
    Busy {
        retry_after: u32,
    },
    /// The database is out of reach; the cause is for the log alone.
    Unavailable {
        cause: String,
    },
    /// A status that the HTTP library chose by itself.
    Other {
        status: StatusCode,
    },
}

impl Problem {
    /// What kind it is; the catalogue lists them all.
    pub fn listed(&self) -> Listed {
        match self {
            Self::Malformed { .. } => listing::MALFORMED,
            Self::SheetBroken { .. } => listing::SHEET_BROKEN,
            Self::HeaderMissing { .. } => listing::HEADER_MISSING,
            Self::HeaderBroken { .. } => listing::HEADER_BROKEN,
            Self::PageBroken => listing::PAGE_BROKEN,
            Self::ParameterBroken { .. } => listing::PARAMETER_BROKEN,
            Self::ParameterUnknown => listing::PARAMETER_UNKNOWN,
            Self::Unauthenticated { .. } => listing::UNAUTHENTICATED,
            Self::Forbidden => listing::FORBIDDEN,
            Self::NotFound => listing::NOT_FOUND,
            Self::NoSuchRoute => listing::NO_SUCH_ROUTE,
            Self::MethodNotAllowed { .. } => listing::METHOD_NOT_ALLOWED,
            Self::PreconditionFailed { .. } => listing::PRECONDITION_FAILED,
            Self::TooLarge => listing::TOO_LARGE,
            Self::UnsupportedMediaType => listing::UNSUPPORTED_MEDIA_TYPE,
            Self::Invalid { .. } => listing::INVALID,
            Self::PersonalData { .. } => listing::PERSONAL_DATA,
            Self::Refused(refusal)
            | Self::PartStale { refusal, .. }
            | Self::WarningsUnacknowledged { refusal, .. } => Listed::from(*refusal),
            Self::KeyReused => listing::KEY_REUSED,
            Self::VersionMissing => listing::VERSION_MISSING,
            Self::PreconditionRequired => listing::PRECONDITION_REQUIRED,
            Self::TooManyRequests { .. } => listing::TOO_MANY_REQUESTS,
            Self::Bug { .. } => listing::BUG,
            Self::Busy { .. } => listing::BUSY,
            Self::Unavailable { .. } => listing::UNAVAILABLE,
            Self::Other { status } => listing::other(status.as_u16()),
        }
    }

    /// The problem that a status stands for, when the HTTP library refused by itself.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::NoSuchRoute,
            StatusCode::METHOD_NOT_ALLOWED => Self::MethodNotAllowed { allow: String::new() },
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::UnsupportedMediaType,
            StatusCode::INTERNAL_SERVER_ERROR => Self::Bug { cause: String::new() },
            other => Self::Other { status: other },
        }
    }

    /// What the log is told beside the status.
    pub(crate) fn cause(&self) -> Option<&str> {
        if let Self::Bug { cause } | Self::Unavailable { cause } = self { Some(cause) } else { None }
    }

    fn page(&self, listed: Listed) -> String {
        if let Self::TooManyRequests { .. } = self {
            QUOTA_EXCEEDED.to_owned()
        } else if let Self::Other { .. } = self {
            "about:blank".to_owned()
        } else {
            format!("{PAGES}{}", listed.code)
        }
    }

    /// What the answer says in a header, for programs that do not read the body.
    fn header(&self) -> Option<(HeaderName, HeaderValue)> {
        if let Self::Unauthenticated { reason } = self {
            Some((WWW_AUTHENTICATE, HeaderValue::from_static(reason.challenge())))
        } else if let Self::MethodNotAllowed { allow } = self {
            HeaderValue::from_str(allow).ok().filter(|allow| !allow.is_empty()).map(|allow| (ALLOW, allow))
        } else if let Self::PreconditionFailed { version } | Self::PartStale { version, .. } = self {
            HeaderValue::from_str(&format!("\"{version}\"")).ok().map(|tag| (ETAG, tag))
        } else if let Self::TooManyRequests { retry_after } | Self::Busy { retry_after } = self {
            Some((RETRY_AFTER, HeaderValue::from(*retry_after)))
        } else if let Self::Unavailable { .. } = self {
            Some((RETRY_AFTER, HeaderValue::from(OUTAGE_SECONDS)))
        } else {
            None
        }
    }

    /// The problem as it leaves.
    pub fn body(&self, language: Language, instance: &str, trace_id: &str) -> ProblemBody {
        let listed = self.listed();
        ProblemBody {
            kind: self.page(listed),
            title: listing::title(listed.status_code()).to_owned(),
            status: listed.status,
            detail: self.detail(language, listed).into_owned(),
            instance: instance.to_owned(),
            code: listed.code.to_owned(),
            trace_id: trace_id.to_owned(),
            errors: self.errors(language),
            findings: self.findings(language),
            policy_version: if let Self::PersonalData { policy, .. } = self { Some(policy.0) } else { None },
            current_version: if let Self::PreconditionFailed { version } | Self::PartStale { version, .. } =
                self
            {
                Some(*version)
            } else {
                None
            },
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.listed().code)
    }
}

impl Error for Problem {}

// Only status and headers: the envelope, which knows path, trace and language, writes the body.
impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.listed().status_code()
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::new(self.status_code());
        if let Some((name, value)) = self.header() {
            response.headers_mut().insert(name, value);
        }
        response
    }
}

impl From<Problem> for HttpResponse {
    fn from(problem: Problem) -> Self {
        Self::from_error(problem)
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<&Fault> for Problem {
    fn from(fault: &Fault) -> Self {
        let cause = cause::chain(fault);
        if cause::is_outage(fault) { Self::Unavailable { cause } } else { Self::Bug { cause } }
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        Self::from(&fault)
    }
}

// Which check a token failed is for the log; a caller is told only what they can mend.
impl From<TokenFault> for Problem {
    fn from(fault: TokenFault) -> Self {
        let reason = match fault {
            TokenFault::Missing => Unproven::Missing,
            TokenFault::TooLarge | TokenFault::Malformed => Unproven::Malformed,
            TokenFault::Expired => Unproven::Expired,
            TokenFault::WrongType
            | TokenFault::WrongAlgorithm
            | TokenFault::UnknownKey
            | TokenFault::NotTrusted
            | TokenFault::ClaimMissing
            | TokenFault::WrongIssuer
            | TokenFault::WrongAudience
            | TokenFault::UnusableSubject
            | TokenFault::NotYetValid => Unproven::Untrusted,
        };
        Self::Unauthenticated { reason }
    }
}

impl From<NotRecorded> for Problem {
    fn from(reason: NotRecorded) -> Self {
        match reason {
            NotRecorded::Refused(refusal) => Self::Refused(refusal),
            NotRecorded::Stale { version } => Self::PreconditionFailed { version },
            NotRecorded::KeyReused => Self::KeyReused,
            NotRecorded::NoProgramme => Self::Refused(est::permission::NO_SUCH_PROGRAMME),
            NotRecorded::Busy => Self::Busy { retry_after: BUSY_SECONDS },
            NotRecorded::Failed(fault) => Self::from(fault.as_ref()),
        }
    }
}
