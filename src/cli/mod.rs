//! The command line: the workbench's results without a window.
//!
//! Every number on a screen can be had here too, from the same functions. Exit codes: 0 done; 1 done, and
//! something calls for care; 2 the file cannot be used, a question is open, or the arguments are wrong;
//! 3 the output could not be written.

mod arguments;
mod beside;
mod compare;
mod contacts;
mod explore;
mod failure;
mod json;
mod table;
mod usage;

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use clap::Parser as _;

use crate::dataset::Grain;
use crate::import::ImportError;
use crate::insights::GroupName;
use crate::privacy::{Hidden, Question, Rules};
use crate::sample::{Company, SampleOptions, column_counts};
use crate::work::{Cancel, Progress, Task};
use crate::workbench::{self, Opened, Results, What};

pub use arguments::{Arguments, Renderer, SampleArguments, Settings, WindowArguments};
use arguments::{Command, CompareArguments, Format, TableFormat};
use failure::Failure;

/// What the program is to do.
#[derive(Debug)]
pub enum Ask {
    /// Open the window.
    Window(WindowArguments),
    /// A command without a window, already done.
    Done(ExitCode),
}

/// Reads the program's arguments and does the command, if there is one.
#[must_use]
pub fn run() -> Ask {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) if error.use_stderr() => return Ask::Done(exit_code(Err(usage::failure(&error)))),
        // Help and version are no mistakes.
        Err(help) => return Ask::Done(exit_code(print(&help.render().to_string()).map(|()| 0))),
    };
    let done = match arguments.command {
        None => return Ask::Window(arguments.window),
        Some(Command::Insights(command)) => insights(&command.files, &command.settings, command.format),
        Some(Command::Check(command)) => check(&command.files, &command.settings, command.format),
        Some(Command::Explore(command)) => explore::explore(&command),
        Some(Command::Compare(command)) => compare_periods(&command),
        Some(Command::Contacts(command)) => contacts::contacts(&command),
        Some(Command::Between(command)) => beside::between(&command).and_then(|text| print(&text)).map(|()| 0),
        Some(Command::Meetings(command)) => beside::meetings(&command).and_then(|text| print(&text)).map(|()| 0),
        Some(Command::Sample(command)) => sample(&command),
    };
    Ask::Done(exit_code(done))
}

/// What the window form prints where no window can be opened: the same table as `insights`, and one
/// sentence on standard error that says why.
#[must_use]
pub fn instead_of_window(arguments: &WindowArguments, why: &str) -> ExitCode {
    let files = if arguments.what().is_some() { arguments.into() } else { What::Sample.into() };
    let shown = insights(&files, &Settings::default(), Format::Table);
    complain(&format!("{why}\n"));
    match shown {
        Ok(_) if arguments.sample => ExitCode::SUCCESS,
        done => exit_code(done),
    }
}

fn exit_code(done: Result<u8, Failure>) -> ExitCode {
    match done {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            complain(&failure.message());
            ExitCode::from(failure.exit_code())
        }
    }
}

fn complain(message: &str) {
    // When not even this can be written there is nobody left to tell.
    let _ = std::io::stderr().write_all(message.as_bytes());
}

fn insights(files: &arguments::Files, settings: &Settings, format: Format) -> Result<u8, Failure> {
    let (opened, results) = answer(files, settings, format)?;
    // A file of too few people is a readable file whose insights are absent; a selection of too few is refused.
    if let Err(hidden) = &results.findings
        && results.too_small_a_file().is_none()
    {
        return Err(Failure::hidden(hidden, results.rules));
    }
    let text = match format {
        Format::Table => table::insights(&opened, &results),
        Format::Json => json::insights(&opened, &results),
        Format::Csv => table::insights_csv(&results),
    };
    print(&text)?;
    Ok(u8::from(results.needs_care()))
}

fn check(files: &arguments::Files, settings: &Settings, format: Format) -> Result<u8, Failure> {
    let (opened, results) = answer(files, settings, format)?;
    if let Err(hidden @ Hidden::NotInFile(_)) = &results.findings {
        return Err(Failure::hidden(hidden, results.rules));
    }
    let effects = workbench::effects(&opened, &results);
    let results = results.with_effects(effects);
    let text = match format {
        Format::Table => table::check(&opened, &results),
        Format::Json => json::check(&opened, &results),
        Format::Csv => table::check_csv(&results),
    };
    print(&text)?;
    Ok(u8::from(results.needs_care()))
}

fn compare_periods(command: &CompareArguments) -> Result<u8, Failure> {
    let (opened, results) = answer(&command.files, &command.settings, Format::Table)?;
    let question = compare::question(command, &opened, &results)?;
    let comparison = compare::answer(&question, &opened, &results)?;
    let text = match command.format {
        TableFormat::Table => compare::table(&opened, &results, &comparison),
        TableFormat::Json => compare::json(&opened, &results, &question, &comparison),
    };
    print(&text)?;
    Ok(u8::from(results.needs_care()))
}

fn sample(command: &SampleArguments) -> Result<u8, Failure> {
    let options =
        SampleOptions { people: command.people, weeks: command.weeks, seed: command.seed, era: command.era.into() };
    let possible = column_counts(options.era);
    if let Some(columns) = command.columns.filter(|columns| !possible.contains(columns)) {
        return Err(Failure::arguments(
            &format!("An export with {columns} columns cannot be written."),
            "There are so many columns that the numbers need, and so many that real exports have.",
            &format!("Give --columns a number from {} to {}.", possible.start(), possible.end()),
        ));
    }
    let company = Company::generate(&options);
    let written = company.write_exports(&command.folder, command.columns).map_err(|error| Failure::output(&error))?;
    let lines: Vec<String> = written.iter().map(|path| format!("{}\n", path.display())).collect();
    print(&lines.concat())?;
    Ok(0)
}

/// Opens the files and answers the question that the settings ask: JSON tells how shares moved, too.
fn answer(files: &arguments::Files, settings: &Settings, format: Format) -> Result<(Opened, Results), Failure> {
    let (what, options) = (files.what()?, settings.import_options()?);
    let (again, as_told) = (what.clone(), options.clone());
    let opened = with_progress(move |progress, cancel| workbench::open(&what, &options, progress, cancel))
        .map_err(|failure| failure.with_columns(|| workbench::proposed_columns(&again, &as_told)))?;
    let question = settings.question(&opened)?;
    check_left_out(&opened, &question)?;
    let rules = settings.rules(opened.default_rules())?;
    let results = match format {
        Format::Json => workbench::evaluate(&opened, &question, rules, None),
        Format::Table | Format::Csv => workbench::evaluate_once(&opened, &question, rules),
    };
    Ok((opened, results))
}

/// A period that is to be left out has to be one: else the numbers would silently be those with it.
fn check_left_out(opened: &Opened, question: &Question) -> Result<(), Failure> {
    let calendar = opened.dataset.calendar();
    // Days are summed to weeks later, so that their periods are not known yet.
    let unknown = question.filter.without.iter().find(|day| calendar.index_of(**day).is_none());
    match unknown.filter(|_| calendar.grain != Grain::Day) {
        None => Ok(()),
        Some(day) => Err(Failure::arguments(
            &format!("No period of the file starts on {day}."),
            "A period goes by its first day.",
            &format!(
                "Give --without one of: {}.",
                calendar.periods.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
            ),
        )),
    }
}

/// Reads on a task of its own, so that progress can be told while it works.
fn with_progress<T: Send + 'static>(
    read: impl FnOnce(&Progress, &Cancel) -> Result<T, ImportError> + Send + 'static,
) -> Result<T, Failure> {
    if !std::io::stderr().is_terminal() {
        return read(&Progress::default(), &Cancel::default()).map_err(Failure::import);
    }
    let (woken, wait) = std::sync::mpsc::channel();
    let wake = move || {
        let _ = woken.send(());
    };
    let task = Task::spawn("import", wake, read);
    let mut told = false;
    loop {
        let waited = wait.recv_timeout(std::time::Duration::from_millis(250));
        match task.poll() {
            crate::work::Poll::Done(opened) => {
                if told {
                    complain("\r\u{1b}[K");
                }
                return opened.map_err(Failure::import);
            }
            crate::work::Poll::Panicked => return Err(Failure::fault()),
            crate::work::Poll::Working if waited.is_err() => {
                told = true;
                let percent = task.progress().fraction() * 100.0;
                complain(&format!("\rReading: {percent:.0} %, {} rows\u{1b}[K", task.progress().rows()));
            }
            crate::work::Poll::Working => {}
        }
    }
}

fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    match written {
        // A reader that has seen enough (`| head`) is no failure.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|error| Failure::output(&error)),
    }
}

impl Settings {
    /// The question that these settings ask about an opened export.
    fn question(&self, opened: &Opened) -> Result<Question, Failure> {
        let settings = self.insight_settings(&opened.dataset)?;
        let is_in_file = |group: &GroupName| {
            let attribute = opened.dataset.attribute(&group.attribute);
            attribute.is_some_and(|attribute| attribute.values.contains(&group.value))
        };
        if let Some(group) = settings.customer_facing.iter().find(|group| !is_in_file(group)) {
            return Err(Failure::arguments(
                &format!("There is no group {}={} to mark.", group.attribute, group.value),
                "Groups go by the names in the file.",
                "Run the command without --customer-facing to see the groups.",
            ));
        }
        let by =
            self.by.iter().map(|text| opened.dataset.group_by_of(text).map_err(|why| Failure::group_by(text, why)));
        let mut by = by.collect::<Result<Vec<_>, Failure>>()?;
        if by.is_empty() {
            by.extend(opened.default_by());
        }
        Ok(Question { filter: self.filter(&opened.dataset)?, by, settings })
    }

    /// The default rules, or those with the minimum group size that was asked for.
    fn rules(&self, default: Rules) -> Result<Rules, Failure> {
        arguments::min_group(self.min_group, default)
    }
}
