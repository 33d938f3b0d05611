//! Messages of the log: the key, a header on each line, name and value apart by a colon, an empty line, and the record.

use comptoir::probe::{LogMessage, read_log_message, write_log_message};

/// The longest reason for putting a record aside, in bytes beyond those of the record.
const LONGEST: usize = 1_000;

/// The moment at which all of them were accepted, in Unix milliseconds: noon of 2026-11-23 in UTC.
const NOON: i64 = 1_795_435_200_000;

/// The target `messages`.
pub fn check(data: &[u8]) {
    reads(data);
}

/// The same, and whether it is a record that a saver takes.
pub fn reads(data: &[u8]) -> bool {
    let Some(message) = message(data) else { return false };
    match read_log_message(&message) {
        Ok(record) => {
            let written = write_log_message(&record).expect("what was read can be written");
            assert_eq!(read_log_message(&written).as_ref(), Ok(&record));
            assert_eq!(record.accepted_at.as_millisecond(), NOON);
            true
        }
        Err(reason) => {
            assert!(!reason.is_empty() && reason.len() < LONGEST + data.len(), "it says why, and not all of it");
            false
        }
    }
}

fn message(data: &[u8]) -> Option<LogMessage> {
    let mut rest = data;
    let key = line(&mut rest)?.to_vec();
    let mut headers = Vec::new();
    loop {
        match line(&mut rest)? {
            [] => return Some(LogMessage { key, headers, millis: NOON, payload: rest.to_vec() }),
            header => headers.push(named(header)?),
        }
    }
}

/// Takes a line off the front, without its end.
fn line<'d>(rest: &mut &'d [u8]) -> Option<&'d [u8]> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let (line, behind) = rest.split_at_checked(end)?;
    *rest = behind.get(1..)?;
    Some(line)
}

fn named(header: &[u8]) -> Option<(String, Vec<u8>)> {
    let end = header.iter().position(|byte| *byte == b':')?;
    let (name, value) = header.split_at_checked(end)?;
    // Kafka's client takes no other names.
    let name = std::str::from_utf8(name).ok().filter(|name| !name.contains('\0'))?;
    Some((name.to_owned(), value.get(1..)?.to_vec()))
}
