//! Accounts in social media: a name with the platform's word beside it, or a link to a profile; an @name alone warns.

use crate::Class;
use crate::candidate::{Candidate, Rank};
use crate::knowledge::Knowledge;
use crate::policy::Ground;
use crate::words::{Words, is_word};

/// Longer quotations are what somebody wrote and not what they are called.
const NAME_BYTES_MAX: usize = 40;

/// Addresses under which people have profiles.
const HOSTS: [&[u8]; 14] = [
    b"instagram.com/",
    b"facebook.com/",
    b"fb.com/",
    b"tiktok.com/@",
    b"tiktok.com/",
    b"snapchat.com/add/",
    b"x.com/",
    b"twitter.com/",
    b"t.me/",
    b"youtube.com/@",
    b"linkedin.com/in/",
    b"discord.gg/",
    b"threads.net/@",
    b"twitch.tv/",
];

pub(crate) fn find(words: &Words<'_>, knowledge: &Knowledge, candidates: &mut Vec<Candidate>) {
    let (text, small) = (words.text, words.small_text());
    for at in memchr::memchr2_iter(b'@', b'/', text) {
        let host = HOSTS.iter().filter(|host| ends_with(small, at + 1, host)).map(|host| host.len()).max();
        let begins = at.checked_sub(1).and_then(|before| text.get(before)).is_none_or(|byte| !is_word(*byte));
        if text.get(at) == Some(&b'@') && begins && host.is_none() {
            push(words, knowledge, at, candidates);
        } else if let Some(host) = host {
            let end = name_end(text, at + 1);
            if end > at + 2 {
                candidates.push(handle(link_start(text, at + 1 - host), end, Ground::Certain));
            }
        }
    }
    let named = |index| after_platform(words, index).or_else(|| quoted_name(words, knowledge, index));
    candidates.extend(words.on(knowledge.platform).filter_map(named));
}

fn push(words: &Words<'_>, knowledge: &Knowledge, at: usize, candidates: &mut Vec<Candidate>) {
    let spaced =
        matches!(words.text.get(at + 1..), Some([b' ', letter, ..]) if letter.is_ascii_alphanumeric());
    let name = at + 1 + usize::from(spaced);
    let end = name_end(words.text, name);
    if end < name + 2 {
        return;
    }
    let (first, last) = (words.at(at), words.at(end));
    let said = words.has_before(first, 8, knowledge.platform) || words.has_after(last, 6, knowledge.platform);
    if said || name == at + 1 {
        candidates.push(handle(at, end, if said { Ground::Certain } else { Ground::Indirect }));
    }
}

/// "Snapchat: namn.efternamn", "kontot norr.19 på Insta": what no word of prose looks like.
fn after_platform(words: &Words<'_>, index: usize) -> Option<Candidate> {
    (index + 1..words.len()).take(5).find_map(|next| {
        let (start, before) = (words.get(next)?.start, words.get(next - 1)?);
        let end = name_end(words.text, start);
        let sign = words.text.get(start.checked_sub(1)?)?;
        let whole = start >= before.end && matches!(sign, b' ' | b':' | b'"' | b'@');
        let quoted = || *sign == b'"' && words.text.get(end) == Some(&b'"');
        let name = words.text.get(start..end).filter(|name| whole && name.len() > 2)?;
        (is_odd(name) || (quoted() && is_lettered(name))).then(|| handle(start, end, Ground::Certain))
    })
}

/// No word of prose: a low line, a full stop within, or letters with digits.
fn is_odd(name: &[u8]) -> bool {
    let numbered = name.iter().any(u8::is_ascii_digit)
        && name.iter().filter(|byte| byte.is_ascii_lowercase()).count() > 2;
    is_lettered(name) && (name.contains(&b'_') || has_inner_stop(name) || numbered)
}

fn is_lettered(name: &[u8]) -> bool {
    name.iter().any(u8::is_ascii_alphabetic) && !name.contains(&b'@')
}

/// 'Facebookprofilen "Nattens Exempel"', 'kontot heter "Nattens Exempel"': right after the word, whatever it is.
fn quoted_name(words: &Words<'_>, knowledge: &Knowledge, platform: usize) -> Option<Candidate> {
    let first = platform + 1 + usize::from(words.is_on(platform + 1, knowledge.naming));
    let start = words.get(first)?.start;
    (words.text.get(start.checked_sub(1)?) == Some(&b'"')).then_some(())?;
    let quoted = words.text.get(start..)?.iter().take(NAME_BYTES_MAX).position(|byte| *byte == b'"')?;
    Some(handle(start, start + quoted, Ground::Certain))
}

/// "norr.exempel": small letters on both sides, more than an abbreviation such as kl.22 or reg.nr has.
fn has_inner_stop(name: &[u8]) -> bool {
    let parts = || name.split(|byte| *byte == b'.');
    let small = |part: &[u8]| part.first().is_some_and(|byte| !byte.is_ascii_uppercase());
    parts().all(small) && parts().take(2).filter(|part| part.len() > 2).count() == 2
}

const fn handle(start: usize, end: usize, ground: Ground) -> Candidate {
    Candidate { start, end, class: Class::SocialHandle, ground, rank: Rank::Rest }
}

fn name_end(text: &[u8], start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let length = rest
        .iter()
        .position(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'.' | b'_' | b'-' | 0x80..))
        .unwrap_or(rest.len());
    let tail = rest
        .get(..length)
        .unwrap_or_default()
        .iter()
        .rev()
        .take_while(|byte| matches!(byte, b'.' | b'-'))
        .count();
    start + length - tail
}

fn ends_with(text: &[u8], end: usize, tail: &[u8]) -> bool {
    text.get(..end).is_some_and(|text| text.ends_with(tail))
}

fn link_start(text: &[u8], host: usize) -> usize {
    let before = text.get(..host).unwrap_or_default();
    host - before
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b':' | b'/'))
        .count()
}
