//! Reading decimal numbers as whole ones, without floating point.

/// Reads a number such as `2.49`, `2,49` or `5` in units of 10^-`places`; `None` for anything else, also for more
/// places than that.
pub fn decimal(text: &str, places: usize) -> Option<i64> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) || fraction.len() > places {
        return None;
    }
    format!("{whole}{fraction:0<places$}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_prices_and_percents() {
        assert_eq!(decimal("2.49", 2), Some(249));
        assert_eq!(decimal("2,4", 2), Some(240));
        assert_eq!(decimal("20", 2), Some(2000));
        assert_eq!(decimal("0.05", 2), Some(5));
    }

    #[test]
    fn refuses_what_is_no_number_or_too_fine() {
        for wrong in ["", ".5", "-1", "1.234", "1.2.3", "1e3", "€2", "99999999999999999999"] {
            assert_eq!(decimal(wrong, 2), None, "{wrong}");
        }
    }
}
