//! What can be asked for by typing: everything that a screen could do, and nothing that is hidden.

use chrono::NaiveDate;
use egui::ThemePreference;

use super::super::{Action, ViewContext, chart, contacts, filters as steps, guidance::Tab, nav_words};
use crate::dataset::{Filter, GroupBy};
use crate::guidance;
use crate::insights::{Behavior, GroupName};
use crate::privacy::Choice;
use crate::project::Captured;
use crate::report;
use crate::ui::theme::Icon;
use crate::workbench::{
    BesideCommand, Command, ContactCommand, FileCommand, FilterCommand, Number, PresentCommand, ProjectCommand,
    ProofCommand, Results, Route, SetCommand, ViewCommand, wording,
};

/// One thing that can be asked for.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// What it is called.
    pub name: String,
    /// What kind of thing it is, or the key that does the same; stands at the right.
    pub kind: String,
    /// Further words by which it is found.
    pub words: String,
    /// Its icon.
    pub icon: Icon,
    /// What happens.
    pub ask: Ask,
    /// Why it cannot be asked for now.
    pub blocked: Option<String>,
}

/// What an entry does.
#[derive(Clone, Debug)]
pub(super) enum Ask {
    /// The window does it.
    Act(Action),
    /// A behavior with a tab of its guidance, at one place.
    Guidance(Behavior, Tab, String),
    /// The glossary at a term.
    Term(String),
    /// The sheet of filters.
    OpenFilter,
    /// A path to type.
    TypePath,
    /// The card of keys.
    Keys,
    /// Register a customer initiative.
    Initiative,
    /// Bring in a table of initiatives.
    ImportInitiatives,
    /// Make a plan.
    Plan,
    /// Start something on the screen of contacts.
    Contacts(contacts::Start),
    /// Write a decision down.
    Decision(Option<Box<Captured>>, NaiveDate),
}

impl Entry {
    fn new(icon: Icon, name: impl Into<String>, kind: impl Into<String>, ask: Ask) -> Self {
        Self { name: name.into(), kind: kind.into(), words: String::new(), icon, ask, blocked: None }
    }

    fn words(mut self, words: impl Into<String>) -> Self {
        self.words = words.into();
        self
    }

    fn blocked(mut self, why: Option<String>) -> Self {
        self.blocked = why;
        self
    }

    /// Tells entries apart, from one opening of the palette to the next.
    pub(super) fn key(&self) -> String {
        format!("{} {}", self.kind, self.name)
    }
}

/// Everything that can be asked for now, in the order in which it is shown while nothing is typed.
pub(super) fn all(context: &ViewContext<'_>) -> Vec<Entry> {
    let mut entries = screens();
    entries.extend(actions(context));
    if let Some(results) = context.workbench.results() {
        entries.extend(copies(context, results));
        entries.extend(filters(context, results));
        entries.extend(attributes(context, results));
        entries.extend(groups(context, results));
        entries.extend(proofs(results));
    }
    entries.extend(advice());
    let terms = guidance::glossary().terms.iter();
    entries.extend(terms.map(|term| {
        let names = [&term.wpa, &term.viva].into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
        Entry::new(Icon::BookOpen, &term.name, "Glossary", Ask::Term(term.name.clone())).words(names)
    }));
    entries.extend(context.workbench.results().iter().flat_map(|results| pairs(context, results)));
    entries
}

fn run(command: Command) -> Ask {
    Ask::Act(Action::Run(command))
}

fn screens() -> Vec<Entry> {
    let screen = |route: Route| {
        let (icon, word) = nav_words(route);
        let words = if let Route::Behavior(behavior) = route { behavior.title() } else { "" };
        Entry::new(icon, word, "Screen", run(Command::Go(route))).words(words)
    };
    Route::ALL.into_iter().map(screen).collect()
}

fn actions(context: &ViewContext<'_>) -> Vec<Entry> {
    let file = |command| run(Command::File(command));
    let theme = |theme| Ask::Act(Action::Theme(theme));
    let project = |command| run(Command::Project(command));
    let mut entries = vec![
        Entry::new(Icon::FilePlus2, "New project", "Action", project(ProjectCommand::New)),
        Entry::new(Icon::FolderOpen, "Open project\u{2026}", "Action", project(ProjectCommand::Pick)).words("cfocus"),
        Entry::new(Icon::Save, "Save project", "Ctrl+S", project(ProjectCommand::Save)).words("file cfocus"),
        Entry::new(Icon::SaveAll, "Save project as\u{2026}", "Ctrl+Shift+S", project(ProjectCommand::SaveAs))
            .words("copy cfocus"),
        Entry::new(Icon::FileClock, "Earlier versions\u{2026}", "Action", project(ProjectCommand::ShowVersions))
            .words("project history cfocus")
            .blocked(context.workbench.project_path().is_none().then(|| "No project file is open".to_owned())),
        Entry::new(Icon::FolderOpen, "Open export\u{2026}", "Ctrl+O", file(FileCommand::Pick)).words("file csv"),
        Entry::new(Icon::TextCursorInput, "Type a path\u{2026}", "Ctrl+L", Ask::TypePath).words("open file"),
        Entry::new(Icon::Building2, "Open the sample company", "Action", file(FileCommand::OpenSample))
            .words("example"),
    ];
    if context.workbench.opened().is_some() {
        let beside = |name: &str, command| Entry::new(Icon::X, name, "Action", run(Command::Beside(command)));
        if context.workbench.opened_groups().is_some() {
            entries.push(beside("Close the group-to-group query", BesideCommand::CloseGroups).words("between groups"));
        }
        if context.workbench.opened_meetings().is_some() {
            entries.push(beside("Close the meeting query", BesideCommand::CloseMeetings).words("initiated"));
        }
        let add = Entry::new(Icon::FilePlus2, "Add another export\u{2026}", "Action", file(FileCommand::PickMore));
        entries.push(add.words("file csv stack part organizational data"));
        entries.push(Entry::new(Icon::RefreshCw, "Reload", "Ctrl+R", file(FileCommand::Reload)).words("file again"));
        entries.push(Entry::new(Icon::X, "Close the file", "Ctrl+W", file(FileCommand::Close)));
    }
    if context.workbench.results().is_some_and(|results| results.findings.is_ok()) {
        let present = |command| run(Command::Present(command));
        entries.push(
            Entry::new(Icon::Presentation, "Present from the start", "F5", present(PresentCommand::Start))
                .words("room projector"),
        );
        entries.push(
            Entry::new(Icon::Presentation, "Present this screen", "P", present(PresentCommand::StartHere))
                .words("room projector"),
        );
    }
    let captured = context.workbench.captured(context.locale).map(Box::new);
    entries.push(
        Entry::new(Icon::Gavel, "Note a decision\u{2026}", "D", Ask::Decision(captured, context.today))
            .words("decide write down minutes"),
    );
    entries.push(
        Entry::new(Icon::Rocket, "Register an initiative\u{2026}", "Action", Ask::Initiative)
            .words("customer project new scorecard"),
    );
    entries.push(
        Entry::new(Icon::Import, "Import a table of initiatives\u{2026}", "Action", Ask::ImportInitiatives)
            .words("csv paste scorecard"),
    );
    entries.push(Entry::new(Icon::Target, "Make a plan\u{2026}", "Action", Ask::Plan).words("target baseline change"));
    entries.extend(metrics(context));
    entries.extend(contact_actions(context));
    let looks = "theme looks colors";
    entries.extend([
        Entry::new(Icon::Sun, "Light theme", "Action", theme(ThemePreference::Light)).words(looks),
        Entry::new(Icon::Moon, "Dark theme", "Action", theme(ThemePreference::Dark)).words(looks),
        Entry::new(Icon::SunMoon, "Theme of the system", "Action", theme(ThemePreference::System)).words(looks),
        Entry::new(Icon::RotateCcw, "Text size 100 %", "Ctrl+0", Ask::Act(Action::Zoom(1.0))).words("zoom"),
        Entry::new(Icon::Keyboard, "Keys", "F1", Ask::Keys).words("shortcuts help"),
    ]);
    entries
}

/// The metrics that can be explored.
fn metrics(context: &ViewContext<'_>) -> Vec<Entry> {
    let entry = |metric| {
        let name = format!("Explore {}", wording::mean_name(metric));
        Entry::new(Icon::ChartScatter, name, "Metric", run(Command::Explore(metric))).words("stats explore metric")
    };
    context.workbench.metrics().into_iter().map(entry).collect()
}

/// What can be started about contacts.
fn contact_actions(context: &ViewContext<'_>) -> Vec<Entry> {
    let go_to = &context.workbench.project().go_to;
    let call = Action::CopyText { text: report::call_text(&go_to.call, context.locale), what: "Call" };
    let open = run(Command::Contacts(ContactCommand::Pick));
    let start = |start| Ask::Contacts(start);
    let entry = |icon, name, ask| Entry::new(icon, name, "Action", ask).words("contacts account volunteer customer");
    vec![
        entry(Icon::Handshake, "Add an important account\u{2026}", start(contacts::Start::Account)),
        entry(Icon::ContactRound, "Add a go-to contact\u{2026}", start(contacts::Start::Volunteer(context.today))),
        entry(Icon::FolderOpen, "Open time with contacts\u{2026}", open),
        entry(Icon::Copy, "Copy the call for volunteers", Ask::Act(call)),
    ]
}

/// Copying what the screen of a behavior shows.
fn copies(context: &ViewContext<'_>, results: &Results) -> Vec<Entry> {
    let Route::Behavior(behavior) = context.workbench.route() else { return Vec::new() };
    let id = behavior.headline();
    let insight = results.findings.as_ref().ok().and_then(|findings| findings.insight(id));
    let Some(Ok(outcome)) = insight.map(|insight| &insight.outcome) else { return Vec::new() };
    let picture = chart::distribution(context, results, id, outcome);
    let copy = |icon, name: &str, action| Entry::new(icon, name, "Action", Ask::Act(action)).words("chart clipboard");
    vec![
        copy(Icon::Copy, "Copy the picture of the distribution", Action::CopyPicture(Box::new(picture.clone()))),
        copy(
            Icon::ClipboardList,
            "Copy the table of the distribution",
            Action::CopyText { text: picture.table_text(), what: "Table" },
        ),
        copy(Icon::ImageDown, "Save the picture of the distribution\u{2026}", Action::SavePicture(Box::new(picture))),
    ]
}

/// Steps back and forth, the switches of the filter, and saved views.
fn filters(context: &ViewContext<'_>, results: &Results) -> Vec<Entry> {
    let filter = |command| run(Command::Filter(command));
    let mut entries = vec![Entry::new(Icon::ListFilter, "Filter\u{2026}", "Ctrl+F", Ask::OpenFilter).words("search")];
    if context.workbench.question().filter != Filter::default() {
        entries.push(Entry::new(Icon::X, "Clear all filters", "Action", filter(FilterCommand::ClearAll)));
    }
    let steps = [
        (steps::undo_words(context), "Undo", Icon::Undo2, "Ctrl+Z", Command::Undo),
        (steps::redo_words(context), "Redo", Icon::Redo2, "Ctrl+Shift+Z", Command::Redo),
    ];
    for (words, word, icon, key, command) in steps {
        entries.extend(words.map(|words| Entry::new(icon, words, key, run(command)).words(word)));
    }
    let choices = &results.choices;
    let (inactive, low) = (&choices.include_inactive, &choices.without_low_activity);
    let switches = [
        (
            inactive,
            ["Include inactive rows", "Leave out inactive rows"],
            FilterCommand::IncludeInactive(!inactive.is_on),
        ),
        (low, ["Leave out low activity", "Include low activity"], FilterCommand::WithoutLowActivity(!low.is_on)),
    ];
    for (switch, words, command) in switches.into_iter().filter(|(switch, ..)| switch.is_in_file) {
        let why = switch.blocked.as_ref().map(|hidden| hidden.sentence(results.rules).in_words(context.locale));
        let entry = Entry::new(Icon::ListFilter, words[usize::from(switch.is_on)], "Filter", filter(command));
        entries.push(entry.blocked(why));
    }
    entries.extend(context.workbench.views().iter().map(|view| {
        let apply = run(Command::View(ViewCommand::Apply(view.name().to_owned())));
        Entry::new(Icon::Bookmark, view.name(), "View", apply).words("saved")
    }));
    entries
}

fn attributes(context: &ViewContext<'_>, results: &Results) -> Vec<Entry> {
    let now = context.workbench.question().by.first();
    let all = results.attributes.iter().map(|attribute| GroupBy::from(attribute.name.as_str()));
    all.filter(|by| now != Some(by)).map(|by| group_by(by, "Attribute")).collect()
}

/// Two attributes at once, of those that have groups to show. They stand last: there are many of them.
fn pairs(context: &ViewContext<'_>, results: &Results) -> Vec<Entry> {
    let now = context.workbench.question().by.first();
    let shown = results.attributes.iter().filter(|attribute| !attribute.values.is_empty());
    let names: Vec<&String> = shown.map(|attribute| &attribute.name).collect();
    let mut entries = Vec::new();
    for (index, first) in names.iter().enumerate() {
        let pairs = names[index + 1..].iter().map(|second| GroupBy::two(*first, *second));
        entries.extend(pairs.filter(|by| now != Some(by)).map(|by| group_by(by, "Two attributes")));
    }
    entries
}

fn group_by(by: GroupBy, kind: &str) -> Entry {
    let name = format!("Group by {by}");
    Entry::new(Icon::Rows3, name, kind, run(Command::Set(SetCommand::GroupBy(by))))
}

/// Shown groups only: hidden ones are not among the choices.
fn groups(context: &ViewContext<'_>, results: &Results) -> Vec<Entry> {
    let mut entries = Vec::new();
    for attribute in &results.choices.attributes {
        for choice in &attribute.values {
            let name = GroupName { attribute: attribute.name.clone(), value: choice.value.clone() };
            let why = choice.blocked.as_ref().map(|hidden| hidden.sentence(results.rules).in_words(context.locale));
            let entry = Entry::new(icon_of(choice), &choice.value, &attribute.name, ask_for(name));
            entries.push(entry.words("group filter only").blocked(why));
        }
    }
    entries
}

const fn icon_of(choice: &Choice) -> Icon {
    if choice.is_selected { Icon::Check } else { Icon::Users }
}

/// What choosing a group does.
fn ask_for(group: GroupName) -> Ask {
    run(Command::Filter(FilterCommand::Toggle { attribute: group.attribute, value: group.value }))
}

/// How the headlines were made.
fn proofs(results: &Results) -> Vec<Entry> {
    let Ok(findings) = &results.findings else { return Vec::new() };
    let has = |behavior: &Behavior| findings.headline(*behavior).is_some_and(|insight| insight.outcome.is_ok());
    let entry = |behavior: Behavior| {
        let show = run(Command::Prove(ProofCommand::Show(Number::Share(behavior.headline()))));
        let name = format!("How it was made: {}", wording::name(behavior.headline()));
        Entry::new(Icon::BadgeCheck, name, "Proof", show).words("proof number source command sha")
    };
    Behavior::ALL.into_iter().filter(has).map(entry).collect()
}

fn advice() -> Vec<Entry> {
    let mut entries = Vec::new();
    for behavior in Behavior::ALL {
        let article = guidance::article(behavior);
        for practice in &article.best_practices {
            let ask = Ask::Guidance(behavior, Tab::Practices, practice.id.clone());
            entries.push(Entry::new(Icon::Lightbulb, &practice.title, "Best practice", ask).words(behavior.title()));
        }
        for strategy in &article.change_strategies {
            let ask = Ask::Guidance(behavior, Tab::Strategy, strategy.id.clone());
            entries.push(Entry::new(Icon::Target, &strategy.title, "Change strategy", ask).words(behavior.title()));
        }
    }
    entries
}
