//! Figures and times as people read them. Integers only: a float has no place near money.

use crate::i18n::Language;
use shared::discount::Percent;
use shared::money::{Currency, Money};
use shared::quantity::{Quantity, Unit};
use shared::tax::TaxRate;
use shared::time::Moment;

/// The space that groups digits in French: narrow, and never at the end of a line.
const NARROW: char = '\u{202f}';
/// The space before a unit.
const FIXED: char = '\u{a0}';
/// A true minus sign.
const MINUS: char = '−';

/// A whole number, grouped by thousands.
pub fn number(language: Language, value: u64) -> String {
    let digits = value.to_string();
    let separator = language.pick(NARROW, ',');
    let mut grouped = String::with_capacity(digits.len() * 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

/// An amount with its currency: `1 234,56 €`, `€1,234.56`.
pub fn money(language: Language, amount: Money, currency: Currency) -> String {
    let figure = amount_figure(language, amount.minor().unsigned_abs());
    let sign = if amount < Money::ZERO { String::from(MINUS) } else { String::new() };
    match (language, currency) {
        (Language::French, Currency::Euro) => format!("{sign}{figure}{FIXED}€"),
        (Language::French, Currency::SwissFranc) => format!("{sign}{figure}{FIXED}CHF"),
        (Language::English, Currency::Euro) => format!("{sign}€{figure}"),
        (Language::English, Currency::SwissFranc) => format!("{sign}CHF{FIXED}{figure}"),
    }
}

fn amount_figure(language: Language, minor: u64) -> String {
    format!("{}{}{:02}", number(language, minor / 100), point(language), minor % 100)
}

const fn point(language: Language) -> char {
    match language {
        Language::French => ',',
        Language::English => '.',
    }
}

/// The sign of a currency, beside a field that takes an amount.
pub const fn sign(currency: Currency) -> &'static str {
    match currency {
        Currency::Euro => "€",
        Currency::SwissFranc => "CHF",
    }
}

/// An amount without its currency, as it is typed.
pub fn plain_amount(language: Language, amount: Money) -> String {
    let minor = amount.minor().unsigned_abs();
    format!("{}{}{:02}", minor / 100, point(language), minor % 100)
}

/// A quantity on a line or receipt: `2`, `0,840 kg`.
pub fn quantity(language: Language, quantity: Quantity, unit: Unit) -> String {
    let (sign, whole, rest) = parts(quantity);
    match unit {
        Unit::Piece => format!("{sign}{}", number(language, whole)),
        Unit::Kilogram => format!("{sign}{}{}{rest:03}{FIXED}kg", number(language, whole), point(language)),
    }
}

/// A quantity without its unit, as it is typed.
pub fn plain_quantity(language: Language, quantity: Quantity, unit: Unit) -> String {
    let (sign, whole, rest) = parts(quantity);
    match unit {
        Unit::Piece => format!("{sign}{whole}"),
        Unit::Kilogram => format!("{sign}{whole}{}{rest:03}", point(language)),
    }
}

/// A stock level, no more exact than anybody needs: `22`, `4,2 kg`, `31 kg`.
pub fn level(language: Language, quantity: Quantity, unit: Unit) -> String {
    let (sign, whole, rest) = parts(quantity);
    let digits = format!("{rest:03}");
    let decimals = if whole >= 100 { "" } else { digits.get(..if whole >= 10 { 1 } else { 2 }).unwrap_or("") };
    let decimals = decimals.trim_end_matches('0');
    let point = if decimals.is_empty() { String::new() } else { point(language).to_string() };
    match unit {
        Unit::Piece if rest == 0 => format!("{sign}{}", number(language, whole)),
        Unit::Piece => format!("{sign}{}{point}{decimals}", number(language, whole)),
        Unit::Kilogram => format!("{sign}{}{point}{decimals}{FIXED}kg", number(language, whole)),
    }
}

fn parts(quantity: Quantity) -> (&'static str, u64, u64) {
    let thousandths = quantity.thousandths().unsigned_abs();
    (if quantity < Quantity::ZERO { "−" } else { "" }, thousandths / 1000, thousandths % 1000)
}

/// A rate of tax: `5,5 %`, `20%`.
pub fn rate(language: Language, rate: TaxRate) -> String {
    basis_points(language, rate.basis_points())
}

/// What a discount says beside its amount: ` 10 %`, or nothing where it was given as an amount.
pub fn of_percent(language: Language, percent: Option<Percent>) -> String {
    percent.map(|percent| format!(" {}", basis_points(language, percent.basis_points()))).unwrap_or_default()
}

fn basis_points(language: Language, basis_points: u16) -> String {
    let decimals = format!("{:02}", basis_points % 100);
    let decimals = decimals.trim_end_matches('0');
    let point = if decimals.is_empty() { String::new() } else { point(language).to_string() };
    format!("{}{point}{decimals}{}", basis_points / 100, language.pick("\u{a0}%", "%"))
}

/// A share in whole percent.
pub fn percent(language: Language, percent: i64) -> String {
    let sign = if percent < 0 { "−" } else { "" };
    format!("{sign}{}{}", number(language, percent.unsigned_abs()), language.pick("\u{a0}%", "%"))
}

/// A moment as the receipt prints it: `23/11/2026 14:32`, `23 Nov 2026 14:32`.
pub fn moment(language: Language, moment: Moment) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let text = moment.local_minute();
    let (date, time) = text.split_once(' ').unwrap_or((&text, ""));
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    let name = month.parse::<usize>().ok().and_then(|month| MONTHS.get(month.checked_sub(1)?)).unwrap_or(&"");
    language.pick(format!("{day}/{month}/{year} {time}"), format!("{day} {name} {year} {time}"))
}

/// A time of day to the second.
pub fn clock((hours, minutes, seconds): (u32, u32, u32)) -> String {
    format!("{hours:02}:{minutes:02}:{seconds:02}")
}

/// How long ago, in the largest unit that fits: `40 s`, `12 min`, `3 h`, `2 j`.
pub fn age(language: Language, seconds: i64) -> String {
    let (value, unit) = match seconds.max(0) {
        s @ 0..60 => (s, "s"),
        s @ 60..3600 => (s / 60, "min"),
        s @ 3600..86_400 => (s / 3600, "h"),
        s => (s / 86_400, language.pick("j", "d")),
    };
    format!("{value}{FIXED}{unit}")
}

/// Milliseconds as people read them: `38 ms`, `1,4 s`, `2 min`.
pub fn delay(language: Language, millis: u64) -> String {
    match millis {
        0..1000 => format!("{millis}{FIXED}ms"),
        1000..60_000 => format!("{}{}{}{FIXED}s", millis / 1000, point(language), millis % 1000 / 100),
        _ => age(language, i64::try_from(millis / 1000).unwrap_or(i64::MAX)),
    }
}

/// Reads what somebody typed as a decimal with up to `decimals` places, as a whole number of the smallest one.
fn parse_decimal(text: &str, decimals: usize) -> Option<i64> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (whole, rest) = text.split_once([',', '.']).unwrap_or((&text, ""));
    let digits_only = whole.bytes().chain(rest.bytes()).all(|b| b.is_ascii_digit());
    if !digits_only || (whole.is_empty() && rest.is_empty()) || rest.len() > decimals || whole.len() > 12 {
        return None;
    }
    format!("{whole}{rest:0<decimals$}").parse().ok()
}

/// Reads an amount as it is typed: `10`, `10,5`, `10.50`.
pub fn parse_amount(text: &str) -> Option<Money> {
    Money::try_from(parse_decimal(text, 2)?).ok()
}

/// Reads a quantity as it is typed: `3`, `0,840`.
pub fn parse_quantity(text: &str) -> Option<Quantity> {
    Quantity::try_from(parse_decimal(text, 3)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{English, French};

    #[test]
    fn money_reads_as_each_language_writes_it() {
        let amount = Money::from(123_456_789);
        assert_eq!(money(French, amount, Currency::Euro), "1\u{202f}234\u{202f}567,89\u{a0}€");
        assert_eq!(money(English, amount, Currency::Euro), "€1,234,567.89");
        assert_eq!(money(French, Money::from(-5), Currency::Euro), "−0,05\u{a0}€");
        assert_eq!(money(English, Money::from(100), Currency::SwissFranc), "CHF\u{a0}1.00");
    }

    #[test]
    fn quantities_and_levels() {
        assert_eq!(quantity(French, Quantity::pieces(2), Unit::Piece), "2");
        assert_eq!(quantity(French, Quantity::from(840), Unit::Kilogram), "0,840\u{a0}kg");
        assert_eq!(level(French, Quantity::from(4_200), Unit::Kilogram), "4,2\u{a0}kg");
        assert_eq!(level(French, Quantity::from(4_257), Unit::Kilogram), "4,25\u{a0}kg");
        assert_eq!(level(English, Quantity::from(31_049), Unit::Kilogram), "31\u{a0}kg");
        assert_eq!(level(English, Quantity::pieces(1200), Unit::Piece), "1,200");
        assert_eq!(level(French, Quantity::from(-3_000), Unit::Piece), "−3");
    }

    #[test]
    fn rates_shares_and_ages() {
        assert_eq!(rate(French, 550.try_into().unwrap()), "5,5\u{a0}%");
        assert_eq!(rate(English, 2000.try_into().unwrap()), "20%");
        assert_eq!(rate(French, 210.try_into().unwrap()), "2,1\u{a0}%");
        assert_eq!(age(French, 7_300), "2\u{a0}h");
        assert_eq!(delay(French, 1_440), "1,4\u{a0}s");
    }

    #[test]
    fn moments_read_as_dates() {
        let at: Moment = "2026-11-03T14:32:07.250+01:00".parse().unwrap();
        assert_eq!(moment(French, at), "03/11/2026 14:32");
        assert_eq!(moment(English, at), "03 Nov 2026 14:32");
    }

    #[test]
    fn typed_figures_are_read_and_rubbish_is_not() {
        assert_eq!(parse_amount("10"), Some(Money::from(1000)));
        assert_eq!(parse_amount(" 10,5 "), Some(Money::from(1050)));
        assert_eq!(parse_amount("1 234.56"), Some(Money::from(123_456)));
        assert_eq!(parse_quantity(",84"), Some(Quantity::from(840)));
        for wrong in ["", ",", "-1", "1,234", "1e3", "abc", "9999999999999"] {
            assert_eq!(parse_amount(wrong), None, "{wrong}");
        }
    }
}
