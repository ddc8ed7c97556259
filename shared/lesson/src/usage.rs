//! Wrong use in one line that says what to do.

use std::error::Error as _;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// What was wrong with a command line and what to write instead, in one line:
///
/// ```
/// use clap::{Arg, Command};
///
/// let command = Command::new("demo").arg(Arg::new("seed").long("seed"));
/// let error = command.try_get_matches_from(["demo", "--sed", "1"]).unwrap_err();
/// assert_eq!(
///     lesson::one_line(&error),
///     "error: unknown flag '--sed': did you mean '--seed'? (see --help)"
/// );
/// ```
///
/// A value parser whose error starts with "takes" has it printed behind the
/// flag: `Err("takes a whole number, got 'x': try --seed 1")` becomes
/// `error: --seed takes a whole number, got 'x': try --seed 1`.
///
/// Requests for help are errors to clap but no wrong use: handle
/// [`ErrorKind::DisplayHelp`] and its like first.
pub fn one_line(error: &Error) -> String {
    let flag = flag(error, ContextKind::InvalidArg);
    let value = text(error, ContextKind::InvalidValue);
    let words = match error.kind() {
        ErrorKind::UnknownArgument => unknown(error, &flag),
        ErrorKind::InvalidSubcommand => {
            let command = text(error, ContextKind::InvalidSubcommand);
            let hint = hint(error, ContextKind::SuggestedSubcommand);
            format!("unknown command '{command}'{hint}")
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            format!("{flag} needs a value{}", one_of(error))
        }
        ErrorKind::InvalidValue => match hint(error, ContextKind::SuggestedValue) {
            none if none.is_empty() => format!("{flag} cannot be '{value}'{}", one_of(error)),
            hint => format!("{flag} cannot be '{value}'{hint}"),
        },
        ErrorKind::ValueValidation => invalid(error, &flag, &value),
        ErrorKind::TooManyValues => format!("{flag} takes no value, got '{value}'"),
        ErrorKind::ArgumentConflict => conflict(error, &flag),
        ErrorKind::MissingRequiredArgument => format!("missing: {flag}"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "no command given".into()
        }
        ErrorKind::InvalidUtf8 => "an argument is not valid Unicode".into(),
        _ => return first_line(error),
    };
    // What ends in "try …" has said what to do already.
    if words.contains(": try ") {
        return format!("error: {words}");
    }
    format!("error: {words} (see --help)")
}

/// A flag, or a word where none was expected.
fn unknown(error: &Error, flag: &str) -> String {
    let hint = hint(error, ContextKind::SuggestedArg);
    match flag.starts_with('-') {
        true => format!("unknown flag '{flag}'{hint}"),
        false => format!("unexpected '{flag}'{hint}"),
    }
}

/// A value that its parser refused.
fn invalid(error: &Error, flag: &str, value: &str) -> String {
    let why = error.source().map(ToString::to_string).unwrap_or_default();
    if why.starts_with("takes ") {
        return format!("{flag} {why}");
    }
    if error
        .source()
        .is_some_and(|source| source.is::<std::num::ParseIntError>())
        || why.contains("invalid digit")
    {
        return format!("{flag} takes a whole number, got '{value}'");
    }
    format!("{flag} cannot be '{value}': {why}")
}

/// Two flags that exclude each other, or one that stands twice.
fn conflict(error: &Error, flag: &str) -> String {
    let other = self::flag(error, ContextKind::PriorArg);
    match other == flag || other.is_empty() {
        true => format!("{flag} is given twice"),
        false => format!("{flag} and {other} exclude each other: leave one out"),
    }
}

/// ": one of a, b, c" where the accepted values are known and few.
fn one_of(error: &Error) -> String {
    match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(values)) if !values.is_empty() => {
            format!(": one of {}", values.join(", "))
        }
        _ => String::new(),
    }
}

/// ": did you mean '…'?" where clap has a suggestion.
fn hint(error: &Error, kind: ContextKind) -> String {
    match text(error, kind) {
        suggestion if suggestion.is_empty() => String::new(),
        suggestion => format!(": did you mean '{suggestion}'?"),
    }
}

/// The argument that the error is about, as it is typed: `--seed`, not
/// `--seed <N>`; `SECTION`, not `[SECTION]...`.
fn flag(error: &Error, kind: ContextKind) -> String {
    let text = text(error, kind);
    let name = text.split([' ', '=']).next().unwrap_or_default();
    let name = name.trim_end_matches("...");
    name.trim_matches(['[', ']', '<', '>']).to_string()
}

/// What clap knows of the error, as text; empty where it knows nothing.
fn text(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.first().cloned().unwrap_or_default(),
        _ => String::new(),
    }
}

/// clap's own first line, for the kinds that have no words here.
fn first_line(error: &Error) -> String {
    let text = error.render().to_string();
    let line = text.lines().next().unwrap_or("error: wrong use");
    format!("{line} (see --help)")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use clap::{Arg, ArgAction, Command, value_parser};

    /// The line for these arguments of a command with a bit of everything.
    fn line(arguments: &[&str]) -> String {
        let flag = |name: &'static str| Arg::new(name).long(name);
        let switch = |name| flag(name).action(ArgAction::SetTrue);
        let command = Command::new("demo")
            .subcommand(Command::new("serve").arg(flag("port").value_parser(value_parser!(u16))))
            .arg(
                flag("seed")
                    .value_name("N")
                    .value_parser(value_parser!(u64)),
            )
            .arg(flag("colour").value_parser(["red", "blue"]))
            .arg(switch("quick"))
            .arg(switch("full").conflicts_with("quick"));
        let all = ["demo"].iter().chain(arguments);
        one_line(&command.try_get_matches_from(all).unwrap_err())
    }

    #[test]
    fn each_wrong_use_has_its_words() {
        let cases: [(&[&str], &str); 11] = [
            (
                &["--sed", "1"],
                "error: unknown flag '--sed': did you mean '--seed'? (see --help)",
            ),
            (&["-x"], "error: unknown flag '-x' (see --help)"),
            (
                &["--seed", "x"],
                "error: --seed takes a whole number, got 'x' (see --help)",
            ),
            (&["--seed"], "error: --seed needs a value (see --help)"),
            (
                &["--seed", "1", "--seed", "2"],
                "error: --seed is given twice (see --help)",
            ),
            (
                &["--colour", "rad"],
                "error: --colour cannot be 'rad': did you mean 'red'? (see --help)",
            ),
            (
                &["--quick=yes"],
                "error: --quick takes no value, got 'yes' (see --help)",
            ),
            (
                &["--full", "--quick"],
                "error: --full and --quick exclude each other: leave one out (see --help)",
            ),
            (
                &["serv"],
                "error: unknown command 'serv': did you mean 'serve'? (see --help)",
            ),
            (&["serve", "now"], "error: unexpected 'now' (see --help)"),
            (
                &["serve", "--port", "99999"],
                "error: --port cannot be '99999': 99999 is not in 0..=65535 (see --help)",
            ),
        ];
        for (arguments, expected) in cases {
            assert_eq!(line(arguments), expected, "{arguments:?}");
        }
    }
}
