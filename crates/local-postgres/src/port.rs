//! The port the server listens on: the one asked for, or the one of last time if it is free, or else any free one.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};

use crate::Error;
use crate::home::Home;

pub(crate) fn choose(home: &Home, asked: Option<u16>) -> Result<u16, Error> {
    if let Some(port) = asked {
        return free(port).ok_or(Error::PortTaken { port });
    }
    let last = fs::read_to_string(home.port()).ok().and_then(|it| it.trim().parse().ok());
    last.and_then(free).or_else(|| free(0)).ok_or(Error::PortTaken { port: 0 })
}

/// Zero asks the system for any free port. It may be taken again before the server has it: the start then tries anew.
fn free(port: u16) -> Option<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok()?;
    listener.local_addr().ok().map(|address| address.port())
}
