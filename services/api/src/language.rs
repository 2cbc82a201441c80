//! In which language the caller wants to read: Swedish, unless English is asked for first.

use actix_web::http::header::{ACCEPT_LANGUAGE, CONTENT_LANGUAGE, HeaderValue, VARY};
use actix_web::{HttpRequest, HttpResponse};
pub(crate) use personal_data::Language;

/// The language of `Content-Language`.
pub(crate) const fn tag(language: Language) -> &'static str {
    match language {
        Language::Swedish => "sv",
        Language::English => "en",
    }
}

/// The language that a request is answered in.
pub(crate) fn asked(request: &HttpRequest) -> Language {
    preferred(request.headers().get(ACCEPT_LANGUAGE))
}

/// The language of the engine's sentences.
pub(crate) const fn of_sentences(language: Language) -> effects::Language {
    match language {
        Language::Swedish => effects::Language::Swedish,
        Language::English => effects::Language::English,
    }
}

/// An answer that has sentences says which language they are in, and that there is another.
pub(crate) fn said_in(language: Language, mut answer: HttpResponse) -> HttpResponse {
    answer.headers_mut().insert(CONTENT_LANGUAGE, HeaderValue::from_static(tag(language)));
    answer.headers_mut().append(VARY, HeaderValue::from_static("Accept-Language"));
    answer
}

/// The language that `Accept-Language` weighs highest. Among equals, and when nothing fits, Swedish.
pub(crate) fn preferred(accept: Option<&HeaderValue>) -> Language {
    let Some(asked) = accept.and_then(|value| value.to_str().ok()) else {
        return Language::Swedish;
    };
    let swedish = weight(asked, tag(Language::Swedish));
    let english = weight(asked, tag(Language::English));
    if english > swedish { Language::English } else { Language::Swedish }
}

/// The weight of a language in thousandths: its own, else that of `*`, else none.
fn weight(asked: &str, language: &str) -> u16 {
    let mut own = None;
    let mut any = 0;
    for range in asked.split(',') {
        let mut parts = range.split(';');
        let name = parts.next().unwrap_or_default().trim();
        let weight = parts.find_map(quality).unwrap_or(1_000);
        let primary = name.split('-').next().unwrap_or_default();
        if primary.eq_ignore_ascii_case(language) {
            own = own.max(Some(weight));
        } else if name == "*" {
            any = weight;
        }
    }
    own.unwrap_or(any)
}

/// `q=0.8` is 800; what does not read counts as nothing, so that a broken header never refuses a request.
fn quality(parameter: &str) -> Option<u16> {
    let value = parameter.trim().strip_prefix(['q', 'Q'])?.trim_start().strip_prefix('=')?.trim();
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    let thousandths = fraction.chars().chain("000".chars()).take(3).collect::<String>();
    let read = whole.parse::<u16>().ok().zip(thousandths.parse::<u16>().ok());
    Some(read.map_or(0, |(whole, thousandths)| (whole.min(1) * 1_000 + thousandths).min(1_000)))
}
