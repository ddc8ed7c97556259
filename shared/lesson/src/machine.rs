//! What a recording says about where and when it was made.

use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

/// The processor's name and its number of threads: `AMD EPYC 9B14, 2 threads`.
pub fn processor() -> String {
    let name = linux().or_else(mac).or_else(windows);
    let name = name.unwrap_or_else(|| "unknown processor".into());
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match std::thread::available_parallelism() {
        Ok(threads) => format!("{name}, {threads} threads"),
        Err(_) => name,
    }
}

/// The name in Linux's list of processors.
fn linux() -> Option<String> {
    let list = std::fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = list.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.to_string())
}

/// The name that macOS tells on request.
fn mac() -> Option<String> {
    let mut ask = Command::new("sysctl");
    let answer = ask.args(["-n", "machdep.cpu.brand_string"]).output().ok()?;
    let name = String::from_utf8(answer.stdout).ok()?;
    answer.status.success().then_some(name)
}

/// The name in Windows' environment.
fn windows() -> Option<String> {
    std::env::var("PROCESSOR_IDENTIFIER").ok()
}

/// Today in UTC, as `2026-05-01`.
pub fn today() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let seconds = now.map_or(0, |since| since.as_secs());
    date((seconds / 86_400) as i64)
}

/// The date so many days after 1 January 1970, in the Gregorian calendar.
///
/// Years are counted from 1 March, so that the leap day is a year's last.
/// Source: H. Hinnant, "chrono-compatible low-level date algorithms",
/// `civil_from_days`.
fn date(days: i64) -> String {
    let days = days + 719_468; // since 1 March of the year 0
    let era = days.div_euclid(146_097); // 400 years
    let day_of_era = days.rem_euclid(146_097);
    let leap_days = day_of_era / 1_460 - day_of_era / 36_524 + day_of_era / 146_096;
    let year_of_era = (day_of_era - leap_days) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153; // 0 is March
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (month, next_year) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    let year = era * 400 + year_of_era + next_year;
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        let cases = [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (11_017, "2000-03-01"),
            (19_723, "2024-01-01"),
            (20_088, "2024-12-31"),
            (-1, "1969-12-31"),
        ];
        for (days, text) in cases {
            assert_eq!(date(days), text);
        }
    }

    #[test]
    fn the_processor_has_a_name() {
        assert!(processor().contains("threads"));
        assert_eq!(today().len(), 10);
    }
}
