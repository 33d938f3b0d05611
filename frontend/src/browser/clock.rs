//! The clock of the machine, and the one on the store's wall.

use js_sys::{Date, Function, Object, Reflect};
use leptos::prelude::window;
use shared::time::{Moment, Timestamp};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};

/// Milliseconds since 1970 by the machine's clock.
pub fn now_millis() -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds, far below 2^53")]
    let millis = Date::now() as i64;
    millis
}

/// Milliseconds since the page was loaded, whatever is done to the machine's clock.
pub fn page_millis() -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds, far below 2^53")]
    let millis = window().performance().map_or(0.0, |performance| performance.now()) as i64;
    millis
}

/// The instant by the machine's clock.
pub fn now() -> Timestamp {
    Timestamp::from_millisecond(now_millis()).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The moment in a store's time zone, so that a machine set to another zone prints the store's time all the same.
pub fn moment_in(time_zone: &str) -> Moment {
    let millis = now_millis();
    Moment::from_unix_millis(millis, offset_minutes(time_zone, millis))
        .or_else(|_| Moment::from_unix_millis(0, 0))
        .unwrap_or_else(|_| unreachable!("1970 is a moment"))
}

/// How long a zone's offset stays what it is at the least: clocks are put forward and back at whole quarters of an hour.
const QUARTER: i64 = 15 * 60 * 1000;

thread_local! {
    /// The offset that was asked for last, with its zone and quarter: a browser takes milliseconds to tell it.
    static LAST: RefCell<(String, i64, i32)> = const { RefCell::new((String::new(), 0, 0)) };
}

/// Minutes east of UTC on the store's wall at an instant; the machine's own where the browser does not know the zone.
fn offset_minutes(time_zone: &str, millis: i64) -> i32 {
    let quarter = millis.div_euclid(QUARTER);
    LAST.with_borrow_mut(|last| {
        if (last.0.as_str(), last.1) != (time_zone, quarter) {
            let told = zone_name(time_zone, millis).and_then(|name| parse_offset(&name));
            *last = (time_zone.to_owned(), quarter, told.unwrap_or_else(|| machine_offset(millis)));
        }
        last.2
    })
}

/// The zone as the browser writes it behind a time, such as `GMT+01:00`. Called by name, since a zone that the browser
/// does not know makes it throw.
fn zone_name(time_zone: &str, millis: i64) -> Option<String> {
    let options = Object::new();
    for (key, value) in [("timeZone", time_zone), ("timeZoneName", "longOffset")] {
        Reflect::set(&options, &key.into(), &value.into()).ok()?;
    }
    let date = date(millis);
    let write: Function = Reflect::get(&date, &"toLocaleString".into()).ok()?.dyn_into().ok()?;
    let text = write.call2(&date, &"en".into(), &options).ok()?.as_string()?;
    text.rsplit(' ').next().map(str::to_owned)
}

fn date(millis: i64) -> Date {
    #[expect(clippy::cast_precision_loss, reason = "whole milliseconds, far below 2^53")]
    let millis = millis as f64;
    Date::new(&JsValue::from_f64(millis))
}

fn machine_offset(millis: i64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "minutes of an offset, within a day")]
    let west = date(millis).get_timezone_offset() as i32;
    -west
}

/// Reads `GMT+01:00`, or `GMT` alone.
fn parse_offset(name: &str) -> Option<i32> {
    let offset = name.strip_prefix("GMT")?;
    let Some(sign) = offset.chars().next() else { return Some(0) };
    let (hours, minutes) = offset.get(sign.len_utf8()..)?.split_once(':')?;
    let east = hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok()?;
    Some(if sign == '+' { east } else { -east })
}

/// An instant on the clock of the machine's zone: hours, minutes, seconds.
pub fn wall(at: Timestamp) -> (u32, u32, u32) {
    let date = date(at.as_millisecond());
    (date.get_hours(), date.get_minutes(), date.get_seconds())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_read() {
        assert_eq!(parse_offset("GMT+01:00"), Some(60));
        assert_eq!(parse_offset("GMT-03:30"), Some(-210));
        assert_eq!(parse_offset("GMT"), Some(0));
        assert_eq!(parse_offset("CET"), None);
    }
}
