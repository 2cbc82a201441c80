//! Where a request comes from, seen past the proxies that are trusted.

use actix_web::dev::RequestHead;
use actix_web::http::header::X_FORWARDED_FOR;
use std::net::{IpAddr, Ipv6Addr};

/// The nearest address that is not a trusted proxy's. What stands further left anyone can have written.
pub(crate) fn address(head: &RequestHead, proxies: &[IpAddr]) -> Option<IpAddr> {
    let near = head.peer_addr?.ip();
    if !proxies.contains(&near) {
        return Some(near);
    }
    let lines = head.headers.get_all(X_FORWARDED_FOR).filter_map(|line| line.to_str().ok());
    let told: Vec<&str> = lines.flat_map(|line| line.split(',')).collect();
    let hops = told.iter().rev().map_while(|hop| hop.trim().parse::<IpAddr>().ok());
    hops.into_iter().find(|hop| !proxies.contains(hop)).or(Some(near))
}

/// One household or server has a whole /64 of IPv6 at its disposal; it counts as one.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        four @ IpAddr::V4(_) => four,
    }
}
