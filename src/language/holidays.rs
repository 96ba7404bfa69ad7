//! The days when Sweden is free.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// The holiday that a day is, if it is one; Sundays that are no more than that are none.
pub fn name(date: Date) -> Option<&'static str> {
    let fixed = match (date.month(), date.day()) {
        (1, 1) => Some("nyårsdagen"),
        (1, 6) => Some("trettondedag jul"),
        (5, 1) => Some("första maj"),
        (6, 6) => Some("nationaldagen"),
        (12, 24) => Some("julafton"),
        (12, 25) => Some("juldagen"),
        (12, 26) => Some("annandag jul"),
        (12, 31) => Some("nyårsafton"),
        (6, 19..=25) if date.weekday() == Weekday::Friday => Some("midsommarafton"),
        _ => None,
    };
    fixed.or_else(|| {
        let easter = easter(date.year())?;
        let after = |days: i32| easter.checked_add(days.days()).ok() == Some(date);
        [
            (-2, "långfredagen"),
            (0, "påskdagen"),
            (1, "annandag påsk"),
            (39, "Kristi himmelsfärdsdag"),
            (49, "pingstdagen"),
        ]
        .into_iter()
        .find_map(|(days, name)| after(days).then_some(name))
    })
}

/// Easter Sunday, after the anonymous Gregorian algorithm (Meeus, Jones and Butcher).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holidays_move_with_easter() {
        for (date, holiday) in [
            (Date::constant(2024, 3, 29), Some("långfredagen")),
            (Date::constant(2025, 4, 21), Some("annandag påsk")),
            (Date::constant(2026, 5, 14), Some("Kristi himmelsfärdsdag")),
            (Date::constant(2026, 6, 19), Some("midsommarafton")),
            (Date::constant(2026, 6, 26), None),
            (Date::constant(2026, 5, 21), None),
        ] {
            assert_eq!(name(date), holiday, "{date}");
        }
    }
}
