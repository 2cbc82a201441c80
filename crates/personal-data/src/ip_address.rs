//! Public addresses of machines, which lead to a subscriber. Private ranges, versions and sections pass.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::Class;
use crate::candidate::{Candidate, Rank};
use crate::knowledge::Knowledge;
use crate::policy::Ground;
use crate::words::Words;

pub(crate) fn find(words: &Words<'_>, knowledge: &Knowledge, candidates: &mut Vec<Candidate>) {
    let text = words.text;
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.iter().position(|byte| is_sign(*byte))) {
        let start = at + start;
        let rest = text.get(start..).unwrap_or_default();
        let length =
            rest.iter().position(|byte| !is_sign(*byte) && !matches!(byte, b'[' | b']' | b'(' | b')'));
        let end = start + length.unwrap_or(rest.len());
        at = end.max(start + 1);
        let Some(written) = text.get(start..end) else { continue };
        if !(7..=60).contains(&written.len()) || !starts_apart(text, start) {
            continue;
        }
        if let Some((address, length)) = read(written) {
            let said = words.has_before(words.at(start), 1, knowledge.version);
            if is_public(address) && !said {
                let end = start + length;
                candidates.push(Candidate {
                    start,
                    end,
                    class: Class::IpAddress,
                    ground: Ground::Certain,
                    rank: Rank::Account,
                });
            }
        }
    }
}

const fn is_sign(byte: u8) -> bool {
    byte.is_ascii_hexdigit() || matches!(byte, b'.' | b':')
}

fn starts_apart(text: &[u8], start: usize) -> bool {
    start
        .checked_sub(1)
        .and_then(|before| text.get(before))
        .is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte < 0x80)
}

/// The address and its length as written; dots may stand in brackets, and the last one may end the sentence.
fn read(written: &[u8]) -> Option<(IpAddr, usize)> {
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
