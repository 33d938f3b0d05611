//! The clocks on the stores' walls.

use super::problem::{ApiError, Kind};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use shared::store::Store;
use shared::time::Moment;

/// A point in time as the clock on a store's wall shows it.
///
/// # Errors
///
/// [`Kind::Internal`] where the store's time zone is no longer known, or the clock is far off.
pub fn moment(now: Timestamp, store: &Store) -> Result<Moment, ApiError> {
    let failed = || Kind::Internal.because(format!("The time in {} cannot be told.", store.time_zone));
    let zone = TimeZone::get(&store.time_zone).map_err(|_| failed())?;
    let offset = zone.to_offset(now).seconds() / 60;
    Moment::from_unix_millis(now.as_millisecond(), offset).map_err(|_| failed())
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::coin::SmallestCoin;
    use shared::ids::StoreNo;
    use shared::money::Currency;
    use shared::time::CutOff;

    #[test]
    fn the_offset_is_the_one_of_the_place_and_the_season() {
        let store = Store {
            no: StoreNo::FIRST,
            name: "S".to_owned(),
            city: String::new(),
            siret: None,
            time_zone: "Europe/Paris".to_owned(),
            currency: Currency::Euro,
            cut_off: CutOff::default(),
            training: true,
            refuse_below_zero: false,
            smallest_coin: SmallestCoin::ONE,
            void_needs_manager: false,
        };
        let text = |time: &str| moment(time.parse().unwrap(), &store).unwrap().to_string();
        assert_eq!(text("2026-11-23T13:32:07.25Z"), "2026-11-23T14:32:07.250+01:00");
        assert_eq!(text("2026-07-01T12:00:00Z"), "2026-07-01T14:00:00.000+02:00");
        let nowhere = Store { time_zone: "Europe/Atlantis".to_owned(), ..store };
        assert_eq!(moment(Timestamp::UNIX_EPOCH, &nowhere).unwrap_err().kind(), Kind::Internal);
    }
}
