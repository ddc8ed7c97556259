//! The flags of a lesson's run, the same for each lesson.

use std::ffi::OsString;
use std::fmt::Write;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::lesson::stated;
use crate::own::{self, FOLDER, PICTURE};
use crate::{Lesson, Mode, Section, one_line};

/// What the command line asks for.
pub(crate) enum Asked {
    /// A text: the help or the list of sections.
    Text(String),
    /// A run.
    Run(Plan),
}

/// A run as the command line describes it.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) mode: Mode,
    pub(crate) seed: u64,
    pub(crate) record: bool,
    pub(crate) resume: bool,
    /// The folder of `--out`, if it was given.
    pub(crate) out: Option<PathBuf>,
    /// The file of `--image`, if it was given.
    pub(crate) image: Option<PathBuf>,
    /// The folder of `--data`, if it was given.
    pub(crate) data: Option<PathBuf>,
    /// Whether the folder is looked at and nothing more.
    pub(crate) check: bool,
    /// The file of `--weights`, if it was given.
    pub(crate) weights: Option<PathBuf>,
    /// The name of `--model`, if it was given.
    pub(crate) model: Option<String>,
    /// The sections to run, in the lesson's order.
    pub(crate) sections: Vec<&'static Section>,
}

/// Reads a command line.
///
/// # Errors
/// Wrong use, in one line.
pub(crate) fn parse(
    lesson: &Lesson,
    arguments: impl IntoIterator<Item = OsString>,
) -> Result<Asked, String> {
    let matches = match command(lesson).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) if error.kind() == ErrorKind::DisplayHelp => {
            return Ok(Asked::Text(error.render().to_string()));
        }
        Err(error) => return Err(one_line(&error)),
    };
    if matches.get_flag("list") {
        return Ok(Asked::Text(list(lesson)));
    }
    plan(lesson, &matches).map(Asked::Run)
}

/// The plan behind the flags; refuses those that do not go together.
fn plan(lesson: &Lesson, flags: &ArgMatches) -> Result<Plan, String> {
    let name = lesson.name;
    let seed = flags.get_one("seed").copied().unwrap_or(lesson.seed);
    let [quick, full, record, resume] =
        ["quick", "full", "record", "resume"].map(|flag| flags.get_flag(flag));
    if full && !lesson.accepts.full {
        return Err(format!(
            "error: {name} has no larger data set: leave --full out"
        ));
    }
    if resume && !lesson.accepts.resume {
        return Err(format!(
            "error: {name} keeps no checkpoint: leave --resume out"
        ));
    }
    if record && seed != lesson.seed {
        let printed = lesson.seed;
        return Err(format!(
            "error: --record takes the book's seed {printed}, got {seed}: leave --seed out"
        ));
    }
    if record && resume {
        return Err("error: --record times a whole run: leave --resume out".into());
    }
    let image = flags.get_one::<PathBuf>("image").cloned();
    let data = flags.get_one::<PathBuf>("data").cloned();
    let check = flags.get_flag("check");
    if check && data.is_none() {
        return Err(own::no_folder(lesson));
    }
    own::check_nets(lesson, flags)?;
    let sections = match (&image, &data) {
        (Some(_), _) => vec![own::reader(lesson, flags, &PICTURE)?],
        (None, Some(_)) => vec![own::reader(lesson, flags, &FOLDER)?],
        (None, None) => chosen(lesson, flags),
    };
    Ok(Plan {
        mode: match (quick, full) {
            (true, _) => Mode::Quick,
            (_, true) => Mode::Full,
            _ => Mode::Default,
        },
        seed,
        record,
        resume,
        out: flags.get_one("out").cloned(),
        image,
        data,
        check,
        weights: flags.get_one("weights").cloned(),
        model: flags.get_one("model").cloned(),
        sections,
    })
}

/// The sections named on the command line, or those of the main line.
fn chosen(lesson: &Lesson, flags: &ArgMatches) -> Vec<&'static Section> {
    let named: Vec<&String> = flags.get_many("section").into_iter().flatten().collect();
    let wanted = |section: &&Section| match named.is_empty() {
        true => section.main,
        false => named.iter().any(|name| *name == section.name),
    };
    lesson.sections.iter().filter(wanted).collect()
}

/// The command line as clap knows it.
fn command(lesson: &Lesson) -> Command {
    let Lesson {
        name, title, about, ..
    } = lesson;
    let time = stated(lesson.seconds());
    let names: Vec<&str> = lesson.sections.iter().map(|section| section.name).collect();
    let section = Arg::new("section")
        .value_name("SECTION")
        .value_parser(names)
        .hide_possible_values(true)
        .action(ArgAction::Append)
        .help("Run this section alone; several may be named");
    Command::new(lesson.name)
        .bin_name(format!("cargo run -p {name} --"))
        .about(format!(
            "{title}: {about}\n\n\
             Without flags it runs what the book prints ({time} on 2 cores), offline."
        ))
        .arg(section)
        .args(sizes(lesson))
        .args(seed_and_out(lesson))
        .args(own::nets(lesson))
        .args(switches(lesson))
        .after_help(after_help(lesson))
}

/// A flag without a value.
fn switch(name: &'static str, help: &'static str) -> Arg {
    let flag = Arg::new(name).long(name).help(help);
    flag.action(ArgAction::SetTrue)
}

/// The flags that choose the mode.
fn sizes(lesson: &Lesson) -> [Arg; 2] {
    [
        switch(
            "quick",
            "Run in seconds on a part of the data, as the tests do",
        ),
        switch("full", "Run on the full public data set")
            .conflicts_with("quick")
            .hide(!lesson.accepts.full),
    ]
}

/// The flags with a value.
fn seed_and_out(lesson: &Lesson) -> [Arg; 4] {
    let Lesson { name, seed, .. } = lesson;
    [
        Arg::new("seed")
            .long("seed")
            .value_name("N")
            .value_parser(parse_seed)
            .help(format!("Start from another seed [the book's: {seed}]")),
        Arg::new("out")
            .long("out")
            .value_name("DIR")
            .value_parser(value_parser!(PathBuf))
            .help(format!("Write results and figures here [out/{name}]")),
        Arg::new("image")
            .long("image")
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .hide(lesson.section(PICTURE.section).is_none())
            .help("Run the section image on a picture of your own, PNG or JPEG"),
        Arg::new("data")
            .long("data")
            .value_name("DIR")
            .value_parser(value_parser!(PathBuf))
            .conflicts_with("image")
            .hide(lesson.section(FOLDER.section).is_none())
            .help("Run the section folder on a folder of your own"),
    ]
}

/// The other flags.
fn switches(lesson: &Lesson) -> [Arg; 4] {
    [
        switch("record", "Write results, figures and output into the book"),
        switch("resume", "Go on from the checkpoint of an interrupted run")
            .hide(!lesson.accepts.resume),
        switch(
            "check",
            "With --data: say what is wrong with the folder, and stop there",
        )
        .hide(lesson.section(FOLDER.section).is_none()),
        switch(
            "list",
            "List the sections with their times, and run nothing",
        ),
    ]
}

/// Reads a seed; TOML, where it is recorded, ends at 2⁶³ − 1.
fn parse_seed(text: &str) -> Result<u64, String> {
    let largest = i64::MAX as u64;
    match text.parse() {
        Ok(seed) if seed <= largest => return Ok(seed),
        _ => {}
    }
    let digits = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let up_to = if digits {
        format!(" up to {largest}")
    } else {
        String::new()
    };
    Err(format!(
        "takes a whole number{up_to}, got '{text}': try --seed 1"
    ))
}

/// The sections with their times.
fn list(lesson: &Lesson) -> String {
    let width = lesson
        .sections
        .iter()
        .map(|section| section.name.len())
        .max();
    let width = width.unwrap_or(0);
    let mut text = String::new();
    for Section {
        name,
        about,
        seconds,
        main,
        ..
    } in lesson.sections
    {
        let by_name = if *main { "" } else { " (by name only)" };
        let time = stated(*seconds);
        writeln!(text, "{name:width$}  {time:>6}  {about}{by_name}")
            .expect("a String takes any text");
    }
    text
}

/// What stands below the flags in the help: sections and examples.
fn after_help(lesson: &Lesson) -> String {
    let sections = list(lesson).replace('\n', "\n  ");
    let run = format!("cargo run -p {}", lesson.name);
    let first = lesson
        .sections
        .first()
        .map_or("SECTION", |section| section.name);
    format!(
        "Sections:\n  {}\n\nExamples:\n  {run}\n  {run} -- {first}\n  {run} -- --quick --seed 2",
        sections.trim_end()
    )
}
