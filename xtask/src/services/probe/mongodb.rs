//! MongoDB's protocol, as far as it takes to send a `ping`.

use std::io::{self, Read, Write};

use super::exchange;

/// `OP_MSG` with `{ping: 1, $db: "admin"}`.
const REQUEST: &[u8] = b"\x33\0\0\0\x01\0\0\0\0\0\0\0\xdd\x07\0\0\
    \0\0\0\0\0\
    \x1e\0\0\0\x10ping\0\x01\0\0\0\x02$db\0\x06\0\0\0admin\0\0";

/// The element `ok: 1.0` of an answer.
const OK: &[u8] = b"\x01ok\0\0\0\0\0\0\0\xf0\x3f";

/// Whether it answers that all is well.
pub fn is_ready(stream: &mut (impl Read + Write)) -> io::Result<bool> {
    let rest = |head| usize::try_from(i32::from_le_bytes(head)).ok()?.checked_sub(4);
    let body = exchange(stream, REQUEST, rest)?;
    Ok(body.windows(OK.len()).any(|window| window == OK))
}

#[cfg(test)]
mod tests {
    use super::super::mock::Mock;
    use super::*;

    #[test]
    fn the_request_is_as_long_as_it_says() {
        let length = |at: usize| u32::from_le_bytes(REQUEST[at..at + 4].try_into().unwrap());
        assert_eq!(length(0), u32::try_from(REQUEST.len()).unwrap());
        assert_eq!(length(21), u32::try_from(REQUEST.len()).unwrap() - 21);
    }

    #[test]
    fn an_answer_must_say_ok() {
        let answer = |document: &[u8]| {
            let length = u8::try_from(21 + document.len()).unwrap();
            Mock::new([&[length, 0, 0, 0][..], &[0; 17], document].concat())
        };
        assert!(is_ready(&mut answer(b"\x11\0\0\0\x01ok\0\0\0\0\0\0\0\xf0\x3f\0")).unwrap());
        assert!(!is_ready(&mut answer(b"\x11\0\0\0\x01ok\0\0\0\0\0\0\0\0\0\0")).unwrap());
    }

    #[test]
    fn another_protocol_is_an_error() {
        assert!(is_ready(&mut Mock::new(*b"HTTP/1.1 400 Bad Request")).is_err());
    }
}
