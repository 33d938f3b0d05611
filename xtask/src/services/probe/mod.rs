//! Asks a service whether it does its work: an open port is not enough.

mod kafka;
#[cfg(test)]
mod mock;
mod mongodb;

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use super::kind::Kind;
use super::ports::local;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// Longest answer that is read.
const LONGEST: usize = 1 << 20;

/// Whether what listens on `port` of this machine answers as such a service does.
pub fn answers(kind: Kind, port: u16) -> bool {
    let ask = || match kind {
        Kind::Kafka => kafka::is_ready(&mut connect(port)?),
        Kind::Mongodb => mongodb::is_ready(&mut connect(port)?),
    };
    ask().unwrap_or(false)
}

fn connect(port: u16) -> io::Result<TcpStream> {
    let stream = TcpStream::connect_timeout(&local(port), PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    Ok(stream)
}

/// Sends a request and reads as many bytes as `length` says after the first four.
fn exchange(
    stream: &mut (impl Read + Write),
    request: &[u8],
    length: impl Fn([u8; 4]) -> Option<usize>,
) -> io::Result<Vec<u8>> {
    stream.write_all(request)?;
    let mut head = [0; 4];
    stream.read_exact(&mut head)?;
    let length = length(head).filter(|length| *length <= LONGEST).ok_or(io::ErrorKind::InvalidData)?;
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    Ok(body)
}
