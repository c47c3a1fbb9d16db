//! Exports beside the person query: time between groups, and meetings. Each is opened with it or alone, and answered
//! beside the window.

use std::sync::Arc;

use chrono::NaiveDate;

use super::opening::{BeingRead, Told};
use super::proof::beside_hashes;
use super::{
    Command, FileCommand, Job, Loadable, Notice, Opened, Results, Route, SourceHash, Stamp, Tone, What, Workbench,
    session,
};
use crate::dataset::same_name;
use crate::import::{
    self, GroupReport, ImportError, ImportOptions, ImportedGroups, ImportedMeetings, MeetingReport, QueryKind,
    ReadFile, Source,
};
use crate::insights::Behavior;
use crate::privacy::{
    BetweenFindings, BetweenQuestion, MeetingFindings, MeetingQuestion, MeetingSettings, NoBetween, NoMeetings,
    Published, Rules, Window, answer_between, answer_meetings, halves,
};
use crate::project::{Account, AccountKind, Matching, Whose};
use crate::sample::{Company, SampleOptions};
use crate::work::{Cancel, Progress};

/// The kinds of exports that are read here.
pub(super) const KINDS: [QueryKind; 2] = [QueryKind::GroupToGroup, QueryKind::Meeting];

/// An opened group-to-group export.
#[derive(Clone, Debug)]
pub struct OpenedGroups {
    /// The name on the screen.
    pub name: String,
    /// What was asked for.
    pub what: What,
    /// The SHA-256 of its files.
    pub hashes: Vec<SourceHash>,
    /// Its files as they were read.
    pub stamps: Vec<Stamp>,
    imported: Arc<ImportedGroups>,
}

impl OpenedGroups {
    /// How it was read.
    #[must_use]
    pub fn report(&self) -> &GroupReport {
        &self.imported.report
    }

    /// What the groups are values of.
    #[must_use]
    pub fn attribute(&self) -> &str {
        self.imported.table.attribute()
    }

    /// Periods by their first days.
    #[must_use]
    pub fn periods(&self) -> &[NaiveDate] {
        self.imported.table.periods()
    }

    /// What may be seen of it.
    ///
    /// # Errors
    /// When nothing may be.
    pub fn answer(&self, question: &BetweenQuestion, rules: Rules) -> Result<Published<BetweenFindings>, NoBetween> {
        answer_between(&self.imported.table, question, rules)
    }
}

/// An opened meeting query.
#[derive(Clone, Debug)]
pub struct OpenedMeetings {
    /// The name on the screen.
    pub name: String,
    /// What was asked for.
    pub what: What,
    /// The SHA-256 of its files.
    pub hashes: Vec<SourceHash>,
    /// Its files as they were read.
    pub stamps: Vec<Stamp>,
    imported: Arc<ImportedMeetings>,
}

impl OpenedMeetings {
    /// How it was read.
    #[must_use]
    pub fn report(&self) -> &MeetingReport {
        &self.imported.report
    }

    /// Attributes of organizers that it could be grouped by.
    #[must_use]
    pub fn attributes(&self) -> Vec<&str> {
        self.imported.list.attributes.iter().map(|attribute| attribute.name.as_str()).collect()
    }

    /// What is said about it beside what stands in it: the company's own domains by the list of accounts.
    #[must_use]
    pub fn settings(&self, only_with_outside: bool, accounts: &[Account]) -> MeetingSettings {
        let matching = Matching::new(accounts);
        let is_own = |account: Option<&Account>| account.is_some_and(|account| account.kind == AccountKind::OwnCompany);
        let said = accounts.iter().any(|account| is_own(Some(account)));
        let own = |domain: &String| match matching.whose(domain) {
            Whose::Account(place) => is_own(accounts.get(place)),
            Whose::PersonalMail | Whose::Unknown => false,
        };
        let own_domains = if said { self.imported.list.domains.iter().map(own).collect() } else { Vec::new() };
        MeetingSettings { only_with_outside, own_domains, week_starts_on: None }
    }

    /// The attribute that is grouped by where `wanted` is: it itself, else Organization, else the first.
    #[must_use]
    pub fn group_by(&self, wanted: Option<&str>) -> Option<String> {
        let list = &self.imported.list;
        let found = wanted.and_then(|wanted| list.attribute(wanted)).or_else(|| list.attribute("Organization"));
        found.or_else(|| list.attributes.first()).map(|attribute| attribute.name.clone())
    }

    /// What may be seen of it.
    ///
    /// # Errors
    /// When nothing may be.
    pub fn answer(&self, question: &MeetingQuestion, rules: Rules) -> Result<Published<MeetingFindings>, NoMeetings> {
        answer_meetings(&self.imported.list, question, rules)
    }
}

/// What was read of exports beside the person query; `None` where no such export was there.
#[derive(Debug, Default)]
pub struct OpenedBeside {
    /// Time between groups.
    pub groups: Option<Result<OpenedGroups, ImportError>>,
    /// Meetings.
    pub meetings: Option<Result<OpenedMeetings, ImportError>>,
}

/// What is asked of exports beside the person query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BesideAsk {
    /// Of time between groups, and the rules in force.
    pub between: Option<(BetweenQuestion, Rules)>,
    /// Of meetings, and the rules in force.
    pub meetings: Option<(MeetingQuestion, Rules)>,
}

/// What was answered.
#[derive(Clone, Debug)]
pub struct BesideResults {
    /// What was asked.
    pub ask: BesideAsk,
    /// Of time between groups.
    pub between: Option<Result<Published<BetweenFindings>, NoBetween>>,
    /// Of meetings.
    pub meetings: Option<Result<Published<MeetingFindings>, NoMeetings>>,
}

/// Commands about exports beside the person query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BesideCommand {
    /// The two windows of time between groups; `None` for the halves.
    GroupWindows(Option<[Window; 2]>),
    /// The two windows of meetings; `None` for the halves.
    MeetingWindows(Option<[Window; 2]>),
    /// Whether the meeting query holds only meetings with people from outside.
    OnlyWithOutside(bool),
    /// Close the export of time between groups.
    CloseGroups,
    /// Close the meeting query.
    CloseMeetings,
}

/// What the workbench knows about exports beside the person query.
#[derive(Debug, Default)]
pub(super) struct BesideBench {
    groups: Option<Arc<OpenedGroups>>,
    meetings: Option<Arc<OpenedMeetings>>,
    group_windows: Option<[Window; 2]>,
    meeting_windows: Option<[Window; 2]>,
    only_with_outside: bool,
    /// What is to be read next, how, of which kinds, and whether its screen is to be shown.
    waiting: Option<(What, ImportOptions, Vec<QueryKind>, bool)>,
    /// What is being read.
    reading: Option<(What, ImportOptions, bool)>,
    asked: Option<BesideAsk>,
    results: Option<Arc<BesideResults>>,
    hashes: Loadable<Vec<SourceHash>>,
    ticket: u64,
    /// How often one was opened for its own sake.
    landings: u32,
}

impl BesideBench {
    /// The same with nothing open.
    pub(super) fn closed(&self) -> Self {
        Self { ticket: self.ticket + 1, landings: self.landings, ..Self::default() }
    }
}

impl Workbench {
    /// The export of time between groups that is open.
    #[must_use]
    pub fn opened_groups(&self) -> Option<&Arc<OpenedGroups>> {
        self.beside.groups.as_ref()
    }

    /// The meeting query that is open.
    #[must_use]
    pub fn opened_meetings(&self) -> Option<&Arc<OpenedMeetings>> {
        self.beside.meetings.as_ref()
    }

    /// Whether an export beside the person query is being read, or is to be.
    #[must_use]
    pub fn is_reading_beside(&self) -> bool {
        self.beside.reading.is_some() || self.beside.waiting.is_some()
    }

    /// The latest answers about exports beside the person query.
    #[must_use]
    pub fn beside(&self) -> Option<&Arc<BesideResults>> {
        self.beside.results.as_ref()
    }

    /// The files of exports beside the person query.
    pub fn files_beside(&self) -> impl Iterator<Item = &Stamp> {
        let groups = self.beside.groups.iter().flat_map(|groups| &groups.stamps);
        groups.chain(self.beside.meetings.iter().flat_map(|meetings| &meetings.stamps))
    }

    /// How often an export beside the person query was opened for its own sake, and not with a person query.
    #[must_use]
    pub fn landings_beside(&self) -> u32 {
        self.beside.landings
    }

    /// Whether somebody said that the meeting query holds only meetings with people from outside.
    #[must_use]
    pub fn is_only_with_outside(&self) -> bool {
        self.beside.only_with_outside
    }

    pub(super) fn beside_command(&mut self, command: BesideCommand) {
        let beside = &mut self.beside;
        match command {
            BesideCommand::GroupWindows(windows) => beside.group_windows = windows,
            BesideCommand::MeetingWindows(windows) => beside.meeting_windows = windows,
            BesideCommand::OnlyWithOutside(is_so) => beside.only_with_outside = is_so,
            BesideCommand::CloseGroups => {
                (beside.groups, beside.group_windows) = (None, None);
            }
            BesideCommand::CloseMeetings => {
                (beside.meetings, beside.meeting_windows, beside.only_with_outside) = (None, None, false);
            }
        }
        // An answer on its way is of what was open before.
        beside.ticket += 1;
        beside.asked = None;
        if beside.groups.is_none() && beside.meetings.is_none() {
            beside.results = None;
        }
        if matches!(command, BesideCommand::CloseGroups | BesideCommand::CloseMeetings) {
            self.follow_beside();
        }
    }

    /// What the project names beside the person query, and the SHA-256 of it.
    fn follow_beside(&mut self) {
        let (groups, meetings) = (self.beside.groups.as_ref(), self.beside.meetings.as_ref());
        let groups = groups.map(|opened| (QueryKind::GroupToGroup, &opened.stamps, &opened.hashes));
        let meetings = meetings.map(|opened| (QueryKind::Meeting, &opened.stamps, &opened.hashes));
        let opened: Vec<_> = groups.into_iter().chain(meetings).collect();
        let hashes: Vec<SourceHash> = opened.iter().flat_map(|(.., hashes)| hashes.iter().cloned()).collect();
        let named: Vec<_> = opened
            .iter()
            .flat_map(|(kind, stamps, hashes)| {
                stamps.iter().zip(*hashes).map(|(stamp, hash)| (*kind, stamp.clone(), hash.clone()))
            })
            .collect();
        self.beside.hashes = Loadable::Ready(hashes);
        self.follow_beside_sources(&named);
    }

    /// The SHA-256 of the files of exports beside the person query.
    pub(super) fn beside_hashes(&self) -> &Loadable<Vec<SourceHash>> {
        &self.beside.hashes
    }

    /// Exports beside the person query that a project names.
    pub(super) fn open_beside_later(&mut self, what: What, kinds: Vec<QueryKind>) {
        self.read_beside(what, ImportOptions::default(), kinds, false);
    }

    /// Reads what lies beside a person query that was opened, or instead of one, of these kinds.
    pub(super) fn read_beside(&mut self, what: What, options: ImportOptions, kinds: Vec<QueryKind>, is_alone: bool) {
        let kinds: Vec<QueryKind> = kinds.into_iter().filter(|kind| KINDS.contains(kind)).collect();
        if !kinds.is_empty() {
            self.beside.waiting = Some((what, options, kinds, is_alone));
        }
    }

    /// What was read with another company's person query does not stay beside this one.
    pub(super) fn follow_company(&mut self, opened: &Opened) {
        let is_other = |what: &What| matches!(what, What::Sample) != opened.is_sample();
        if self.beside.groups.as_ref().is_some_and(|groups| is_other(&groups.what)) {
            self.beside_command(BesideCommand::CloseGroups);
        }
        if self.beside.meetings.as_ref().is_some_and(|meetings| is_other(&meetings.what)) {
            self.beside_command(BesideCommand::CloseMeetings);
        }
    }

    /// What is to be read, or asked, about exports beside the person query.
    pub fn due_beside(&mut self) -> Option<Job> {
        if let Some((what, options, kinds, is_alone)) = self.beside.waiting.take() {
            self.beside.ticket += 1;
            self.beside.asked = None;
            self.beside.reading = Some((what.clone(), options.clone(), is_alone));
            return Some(Job::ImportBeside { what, options, kinds, ticket: self.beside.ticket });
        }
        let (groups, meetings) = (self.beside.groups.clone(), self.beside.meetings.clone());
        if self.beside.reading.is_some() || (groups.is_none() && meetings.is_none()) {
            return None;
        }
        let ask = BesideAsk {
            between: groups.as_deref().map(|groups| self.between_question(groups)),
            meetings: meetings.as_deref().map(|meetings| self.meeting_question(meetings)),
        };
        if self.beside.asked.as_ref() == Some(&ask) {
            return None;
        }
        self.beside.asked = Some(ask.clone());
        Some(Job::EvaluateBeside { groups, meetings, ask: Box::new(ask), ticket: self.beside.ticket })
    }

    fn rules_of(&self, era: crate::dataset::Era) -> Rules {
        let set = self.setup.minimum_group_size.unwrap_or_default().max(self.least_group_size());
        Rules::new(set.max(Rules::default_of(era).minimum_group_size()))
    }

    fn between_question(&self, groups: &OpenedGroups) -> (BetweenQuestion, Rules) {
        let question = BetweenQuestion {
            windows: self.beside.group_windows,
            without: self.question().filter.without.clone(),
            sizes: self.results().map(|results| sizes_of(results, groups.attribute())).unwrap_or_default(),
        };
        (question, self.rules_of(groups.report().era))
    }

    fn meeting_question(&self, meetings: &OpenedMeetings) -> (MeetingQuestion, Rules) {
        let wanted = self.question().by.first().and_then(|by| by.names().next());
        let by = meetings.group_by(wanted);
        let results = self.results();
        let sizes = by.as_deref().zip(results).map(|(by, results)| sizes_of(results, by));
        let question = MeetingQuestion {
            settings: meetings.settings(self.beside.only_with_outside, &self.project().contacts.accounts),
            sizes: sizes.unwrap_or_default(),
            by,
            windows: self.beside.meeting_windows,
            without: self.question().filter.without.clone(),
            company: results.and_then(|results| people_of(results)),
        };
        (question, self.rules_of(meetings.report().era))
    }

    pub(super) fn beside_imported(&mut self, ticket: u64, opened: OpenedBeside) {
        if ticket != self.beside.ticket {
            return;
        }
        let Some((what, options, is_alone)) = self.beside.reading.take() else { return };
        let is_read = matches!(opened.groups, Some(Ok(_))) || matches!(opened.meetings, Some(Ok(_)));
        let is_sample = self.opened().is_some_and(|opened| opened.is_sample());
        if is_read && is_alone && is_sample && !matches!(what, What::Sample) {
            // A company that is made up does not stay beside a real one.
            self.do_as_told(Command::File(FileCommand::Close));
        }
        let mut landed = None;
        match opened.meetings {
            Some(Ok(meetings)) => {
                self.beside_command(BesideCommand::CloseMeetings);
                self.beside.meetings = Some(Arc::new(meetings));
                landed = Some(Behavior::TimeWithCustomers);
            }
            Some(Err(error)) => self.beside_refused(error, &what, &options),
            None => {}
        }
        match opened.groups {
            Some(Ok(groups)) => {
                self.beside_command(BesideCommand::CloseGroups);
                self.beside.groups = Some(Arc::new(groups));
                landed = Some(Behavior::InternalNetworks);
            }
            Some(Err(error)) => self.beside_refused(error, &what, &options),
            None => {}
        }
        self.follow_beside();
        if let Some(behavior) = landed.filter(|_| is_alone) {
            self.route = Route::Behavior(behavior);
            self.beside.landings += 1;
        }
    }

    pub(super) fn beside_answered(&mut self, ticket: u64, results: BesideResults) {
        if ticket == self.beside.ticket {
            self.beside.results = Some(Arc::new(results));
        }
    }

    fn beside_refused(&mut self, error: ImportError, what: &What, options: &ImportOptions) {
        match error {
            ImportError::Cancelled => {}
            ImportError::Refused(refusal) => self.notices.push(Notice {
                tone: Tone::Problem,
                what: refusal.what,
                why: refusal.why,
                what_to_do: refusal.what_to_do,
                action: None,
            }),
            ImportError::Question(question) => {
                let (what, options) = (what.clone(), options.clone());
                self.asked = Some((question, BeingRead { what, options, told: Told::ByNobody, may_be_pair: false }));
            }
        }
    }
}

/// People of each value of an attribute that an answer about a person query shows.
#[must_use]
pub fn sizes_of(results: &Results, attribute: &str) -> Vec<(String, usize)> {
    let shown = results.attributes.iter().find(|shown| same_name(&shown.name, attribute));
    let values = shown.map(|shown| shown.values.as_slice()).unwrap_or_default();
    values.iter().map(|value| (value.value.clone(), value.people)).collect()
}

/// People of the whole company, as far as an answer about a person query tells.
#[must_use]
pub fn people_of(results: &Results) -> Option<usize> {
    let findings = results.findings.as_ref().ok()?;
    findings.population.is_everyone.then_some(findings.population.people)
}

/// The order of groups in which those that work with each other most stand beside each other: from the first one of the
/// closest two, each time the one that is closest to the last.
#[must_use]
pub fn by_closeness(findings: &BetweenFindings) -> Vec<usize> {
    let hours = |from: usize, to: usize| {
        let cell = findings.groups.get(from).and_then(|group| group.with.get(to)).copied().flatten();
        cell.map_or(0.0, |number| number.all)
    };
    let closeness = |a: usize, b: usize| hours(a, b).max(hours(b, a));
    let count = findings.groups.len();
    let pairs = (0..count).flat_map(|a| (0..a).map(move |b| (b, a)));
    let closest = pairs.max_by(|x, y| closeness(x.0, x.1).total_cmp(&closeness(y.0, y.1)).then(y.cmp(x)));
    let mut left: Vec<usize> = (0..count).collect();
    let mut order = Vec::with_capacity(count);
    let mut next = closest.map_or(0, |(first, _)| first);
    while let Some(at) = left.iter().position(|group| *group == next) {
        left.remove(at);
        order.push(next);
        let nearest = left.iter().max_by(|a, b| closeness(next, **a).total_cmp(&closeness(next, **b)).then(b.cmp(a)));
        next = nearest.copied().unwrap_or(count);
    }
    order
}

/// Windows to choose from, the halves first: then the last few periods against those just before.
#[must_use]
pub fn window_choices(periods: &[NaiveDate]) -> Vec<[Window; 2]> {
    const LENGTHS: [usize; 6] = [1, 2, 3, 4, 6, 12];
    let window = |days: &[NaiveDate]| Some(Window { from: *days.first()?, to: *days.last()? });
    let mut choices: Vec<[Window; 2]> = halves(periods).into_iter().collect();
    for length in LENGTHS {
        let just_before = periods.len().checked_sub(2 * length).and_then(|start| {
            let (before, now) = periods.get(start..)?.split_at(length);
            Some([window(before)?, window(now)?])
        });
        choices.extend(just_before.filter(|windows| !choices.contains(windows)));
    }
    choices
}

/// Reads exports beside the person query.
pub fn open_beside(
    what: &What,
    options: &ImportOptions,
    kinds: &[QueryKind],
    progress: &Progress,
    cancel: &Cancel,
) -> OpenedBeside {
    let options = ImportOptions {
        today: options.today.or_else(|| Some(chrono::Local::now().date_naive())),
        // What was said of a person query says nothing of these.
        kind: None,
        grain: None,
        ..options.clone()
    };
    let of = |kind: QueryKind| kinds.contains(&kind).then(|| sources_of(what, kind));
    OpenedBeside {
        groups: of(QueryKind::GroupToGroup).map(|sources| {
            let imported = Arc::new(import::import_groups(&sources, &options, progress, cancel)?);
            let (name, stamps, hashes) = known_of(what, &imported.report.files, progress, cancel);
            Ok(OpenedGroups { name, what: what.clone(), hashes, stamps, imported })
        }),
        meetings: of(QueryKind::Meeting).map(|sources| {
            let imported = Arc::new(import::import_meetings(&sources, &options, progress, cancel)?);
            let (name, stamps, hashes) = known_of(what, &imported.report.files, progress, cancel);
            Ok(OpenedMeetings { name, what: what.clone(), hashes, stamps, imported })
        }),
    }
}

/// The names of files that were read, what they look like, and their SHA-256.
fn known_of(
    what: &What,
    files: &[ReadFile],
    progress: &Progress,
    cancel: &Cancel,
) -> (String, Vec<Stamp>, Vec<SourceHash>) {
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    let stamps: Vec<Stamp> = files.iter().filter_map(|file| file.path.clone()).map(Stamp::of).collect();
    let hashes = beside_hashes(what, files, &stamps, progress, cancel);
    (names.join(", "), stamps, hashes)
}

/// The sources of one kind; of the sample company as it writes them.
fn sources_of(what: &What, kind: QueryKind) -> Vec<Source> {
    let What::Sources(sources) = what else {
        let company = Company::generate(&SampleOptions::default());
        let mut bytes = Vec::new();
        // Writing to memory does not fail.
        let _ = match kind {
            QueryKind::Meeting => company.write_meeting_query(&mut bytes),
            _ => company.write_group_query(&mut bytes),
        };
        return vec![Source::Bytes { name: session::sample_name(), bytes: bytes.into() }];
    };
    sources.clone()
}

/// Answers questions about exports beside the person query.
#[must_use]
pub(super) fn evaluate_beside(
    groups: Option<&OpenedGroups>,
    meetings: Option<&OpenedMeetings>,
    ask: &BesideAsk,
) -> BesideResults {
    BesideResults {
        between: groups.zip(ask.between.as_ref()).map(|(groups, (question, rules))| groups.answer(question, *rules)),
        meetings: (meetings.zip(ask.meetings.as_ref()))
            .map(|(meetings, (question, rules))| meetings.answer(question, *rules)),
        ask: ask.clone(),
    }
}

/// A fault of the program, in words.
pub(super) fn fault() -> OpenedBeside {
    let refusal = import::Refusal {
        what: "The export could not be worked on because of a fault in the program.".into(),
        why: "That should not happen with any file; your file is unchanged.".into(),
        what_to_do: "Please report it. What was open stays open.".to_owned(),
        kinds: Vec::new(),
        place: Box::default(),
    };
    OpenedBeside { groups: Some(Err(ImportError::Refused(refusal))), meetings: None }
}
