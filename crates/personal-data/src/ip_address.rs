//! Public addresses of machines, which lead to a subscriber. Private ranges, versions and sections pass.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::Class;
use crate::candidate::{Candidate, Rank};
use crate::email_address::dot_after;
use crate::knowledge::Knowledge;
use crate::policy::Ground;
use crate::words::{Word, Words, is_word};

const OCTET_BYTES_MAX: usize = 3;

/// The longest part of an address of version 6.
const PART_BYTES_MAX: usize = 4;

pub(crate) fn find(words: &Words<'_>, knowledge: &Knowledge, candidates: &mut Vec<Candidate>) {
    let text = words.text;
    let mut free = 0;
    for (index, word) in words.iter() {
        let start = word.start;
        if start >= free
            && let Some(end) = spelled(text, word)
            && !words.has_before(index, 1, knowledge.version)
        {
            free = end;
            candidates.push(found(start, end));
            continue;
        }
        let part = word.end - start <= PART_BYTES_MAX
            && text.get(start).is_some_and(u8::is_ascii_hexdigit)
            && text.get(word.end).is_some_and(|byte| is_mark(*byte));
        // After a dot it is a part of something longer, such as a version.
        let dot_before = start.checked_sub(1).is_some_and(|before| text.get(before) == Some(&b'.'));
        if start < free || !part || dot_before {
            continue;
        }
        let rest = text.get(start..).unwrap_or_default();
        let length = rest.iter().position(|byte| !byte.is_ascii_hexdigit() && !is_mark(*byte));
        let end = start + length.unwrap_or(rest.len());
        free = end;
        let Some(written) = text.get(start..end).filter(|written| (7..=60).contains(&written.len())) else {
            continue;
        };
        if let Some((address, length)) = read(written) {
            let said = words.has_before(index, 1, knowledge.version);
            if is_public(address) && !said {
                candidates.push(found(start, start + length));
            }
        }
    }
}

const fn found(start: usize, end: usize) -> Candidate {
    Candidate { start, end, class: Class::IpAddress, ground: Ground::Certain, rank: Rank::Account }
}

/// The end of an address of version 4 whose dots are spelled, or with letters for digits: "203 punkt O punkt 113".
fn spelled(text: &[u8], word: &Word) -> Option<usize> {
    // Few words are so short and have a digit.
    if !word.has_digit() || word.end - word.start > OCTET_BYTES_MAX {
        return None;
    }
    if word.start.checked_sub(1).is_some_and(|before| text.get(before) == Some(&b'.')) {
        return None;
    }
    let (mut octets, mut at, mut odd) = ([0; 4], word.start, false);
    for (place, octet) in octets.iter_mut().enumerate() {
        if place > 0 {
            let next = dot_after(text, at)?;
            odd |= next > at + 1;
            at = next;
        }
        let written = text.get(at..)?;
        let length = written.iter().take_while(|byte| is_word(**byte)).count();
        let written = written.get(..length)?;
        *octet = read_octet(written)?;
        odd |= !written.iter().all(u8::is_ascii_digit);
        at += length;
    }
    let goes_on = dot_after(text, at).is_some_and(|next| text.get(next).is_some_and(u8::is_ascii_digit));
    (odd && !goes_on && is_public(IpAddr::V4(octets.into()))).then_some(at)
}

/// Up to three digits, of which a hasty hand writes O for 0 and l for 1.
fn read_octet(written: &[u8]) -> Option<u8> {
    let digits = written.iter().map(|byte| match byte {
        b'0'..=b'9' => Some(u16::from(byte - b'0')),
        b'O' | b'o' => Some(0),
        b'l' | b'I' => Some(1),
        _ => None,
    });
    let value = digits.take(OCTET_BYTES_MAX + 1).try_fold(0, |sum, digit| Some(sum * 10 + digit?))?;
    u8::try_from(value).ok().filter(|_| (1..=OCTET_BYTES_MAX).contains(&written.len()))
}

/// What stands between the parts of an address, in brackets too: "192[.]0[.]2[.]1".
const fn is_mark(byte: u8) -> bool {
    matches!(byte, b'.' | b':' | b'[' | b']' | b'(' | b')')
}

/// The address and its length as written; dots may stand in brackets, and the last one may end the sentence.
fn read(written: &[u8]) -> Option<(IpAddr, usize)> {
    let (dots, colons) = written.iter().fold((0, 0), |(dots, colons), byte| {
        (dots + u8::from(*byte == b'.'), colons + u8::from(*byte == b':'))
    });
    // What is neither of version 4 nor of version 6, such as a date, is not worth a closer look.
    if dots < 3 && colons < 2 {
        return None;
    }
    let plain: String = written
        .iter()
        .filter(|byte| !matches!(byte, b'[' | b']' | b'(' | b')'))
        .map(|byte| char::from(*byte))
        .collect();
    let trimmed = plain.trim_end_matches(['.', ':']);
    let tail = written.iter().rev().take_while(|byte| matches!(byte, b'.' | b':' | b')' | b']')).count();
    let (host, port) = match trimmed.rsplit_once(':') {
        Some((host, port)) if host.contains('.') => (host, port.len() + 1),
        _ => (trimmed, 0),
    };
    let address =
        host.parse::<Ipv4Addr>().map(IpAddr::V4).or_else(|_| host.parse::<Ipv6Addr>().map(IpAddr::V6));
    address.ok().map(|address| (address, written.len() - tail - port))
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => {
            let first = four.octets()[0];
            !(four.is_private()
                || four.is_loopback()
                || four.is_link_local()
                || four.is_unspecified()
                || four.is_multicast()
                || four.is_broadcast()
                || first < 11)
        }
        IpAddr::V6(six) => {
            !(six.is_loopback()
                || six.is_unspecified()
                || six.is_unique_local()
                || six.is_unicast_link_local())
                && six.segments()[0] >= 0x2000
        }
    }
}
