use super::*;
use jiff::civil::Date;
use proptest::prelude::*;

#[test]
fn has_one_text() {
    let text = "2026-11-23T14:32:07.250+01:00";
    assert_eq!(text.parse::<Moment>().unwrap().to_string(), text);
    for other in [
        "2026-11-23T14:32:07+01:00",
        "2026-11-23T13:32:07.250Z",
        "2026-11-23T14:32:07.250-00:00",
        "é",
        "",
        "2026-13-01T00:00:00.000+00:00",
    ] {
        assert_eq!(other.parse::<Moment>(), Err(InvalidMoment), "{other}");
    }
}

#[test]
fn the_night_belongs_to_the_day_before_its_cut_off() {
    let moment: Moment = "2026-11-23T03:59:59.999+01:00".parse().unwrap();
    assert_eq!(moment.business_day(CutOff::try_from(240).unwrap()).to_string(), "2026-11-22");
    assert_eq!(moment.business_day(CutOff::default()).to_string(), "2026-11-23");
}

#[test]
fn no_day_lies_before_the_first_that_can_be_written() {
    let first: Moment = "0000-01-01T00:00:00.000+00:00".parse().unwrap();
    let day = first.business_day(CutOff::try_from(240).unwrap());
    assert_eq!(day.to_string().parse(), Ok(day));
    assert_eq!((day, day.plus_days(-1)), (first.local_day(), first.local_day()));
    let last: Day = "9999-12-31".parse().unwrap();
    assert_eq!((last.plus_days(-1).to_string().as_str(), last.plus_days(1)), ("9999-12-30", last));
}

#[derive(Deserialize)]
struct Wire(#[serde(with = "rfc3339")] Timestamp);

fn read(text: &str) -> Option<Timestamp> {
    serde_json::from_value::<Wire>(text.into()).ok().map(|Wire(at)| at)
}

#[test]
fn timestamps_are_rfc_3339_and_nothing_else() {
    for text in ["2026-11-23T13:32:07Z", "2026-11-23T13:32:07.25Z", "2026-11-23T14:32:07.123456789+01:00"] {
        assert_eq!(read(text), text.parse().ok(), "{text}");
    }
    for wrong in [
        "",
        "2026-11-23",
        "2026-11-23T13:32:07",
        "2026-11-23T13:32:07.Z",
        "2026-11-23T25:00:00Z",
        "2026-11-23T13:32:07+1:00",
        // A year before 0 has no four digits, so that nobody could read what is written of it.
        "0000-01-01T00:00:00+14:00",
    ] {
        assert_eq!(read(wrong), None, "{wrong}");
    }
}

#[test]
fn orders_by_the_instant() {
    let earlier: Moment = "2026-11-23T14:00:00.000+02:00".parse().unwrap();
    let later: Moment = "2026-11-23T13:30:00.000+01:00".parse().unwrap();
    assert!(earlier < later);
}

/// As jiff reckons it.
fn date_after_1970(days: i32) -> Date {
    Date::constant(1970, 1, 1).checked_add(jiff::SignedDuration::from_hours(i64::from(days) * 24)).unwrap()
}

proptest! {
    #[test]
    fn text_and_moment_round_trip(millis in 0_i64..4_102_444_800_000, offset in -840..=840) {
        let moment = Moment::from_unix_millis(millis, offset).unwrap();
        prop_assert_eq!(moment.unix_millis(), millis);
        prop_assert_eq!(moment.to_string().parse::<Moment>().unwrap(), moment);
    }

    #[test]
    fn rubbish_is_refused_without_panic(text in ".{0,40}|[0-9TZ:.+-]{0,40}") {
        let _ = text.parse::<Moment>();
        let _ = text.parse::<Day>();
        let _ = read(&text);
    }

    #[test]
    fn timestamps_are_read_as_jiff_reads_them(seconds in -62_135_596_800_i64..253_402_207_200, nanos in 0..1_000_000_000) {
        let at = Timestamp::new(seconds, nanos).unwrap();
        prop_assert_eq!(read(&at.to_string()), Some(at));
        let shifted = at.display_with_offset(Offset::constant(5)).to_string();
        prop_assert_eq!(read(&shifted), Some(at));
    }

    #[test]
    fn days_are_counted_as_jiff_counts_them(from in -700_000_i32..2_900_000, days in -800_i32..800) {
        prop_assert_eq!(Day::on(date_after_1970(from)).plus_days(days), Day::on(date_after_1970(from + days)));
    }

    #[test]
    fn days_are_read_as_they_are_written(days in -700_000_i32..2_900_000) {
        let day = Day::on(date_after_1970(days));
        prop_assert_eq!(day.to_string().parse::<Day>(), Ok(day));
    }
}
