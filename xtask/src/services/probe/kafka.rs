//! Kafka's protocol, as far as it takes to ask for the brokers of a cluster.

use std::io::{self, Read, Write};

use super::exchange;

/// The request `Metadata` in its version 4, about no topic. Unlike `ApiVersions`, which any broker answers at once, it
/// tells whether the controller has let the broker in.
const REQUEST: [u8; 19] = [
    0, 0, 0, 15, // bytes that follow
    0, 3, // Metadata
    0, 4, // version
    0, 0, 0, 1, // correlation
    255, 255, // no client id
    0, 0, 0, 0, // no topics
    0, // make none
];

/// Where the number of brokers is in the answer: after correlation and throttle time.
const BROKERS: std::ops::Range<usize> = 8..12;

/// Whether the cluster has a broker.
pub fn is_ready(stream: &mut (impl Read + Write)) -> io::Result<bool> {
    let body = exchange(stream, &REQUEST, |head| usize::try_from(i32::from_be_bytes(head)).ok())?;
    let brokers = body.get(BROKERS).and_then(|bytes| bytes.try_into().ok()).map(i32::from_be_bytes);
    Ok(brokers.is_some_and(|brokers| brokers > 0))
}

#[cfg(test)]
mod tests {
    use super::super::mock::Mock;
    use super::*;

    #[test]
    fn the_request_is_as_long_as_it_says() {
        let said = REQUEST.first_chunk().copied().map(u32::from_be_bytes).unwrap();
        assert_eq!(usize::try_from(said).unwrap(), REQUEST.len() - 4);
    }

    #[test]
    fn a_broker_must_be_there() {
        let answer = |brokers| Mock::new([0, 0, 0, 12, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, brokers]);
        assert!(is_ready(&mut answer(1)).unwrap());
        assert!(!is_ready(&mut answer(0)).unwrap());
    }

    #[test]
    fn another_protocol_is_an_error() {
        assert!(is_ready(&mut Mock::new(*b"HTTP/1.1 400 Bad Request")).is_err());
    }
}
