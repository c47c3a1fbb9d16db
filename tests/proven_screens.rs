//! Every number on every screen can be asked how it was made: its node in the accessibility tree names a proof,
//! and that proof exists. What has figures and no proof is on a short list of kinds, or the test fails.

use std::collections::BTreeSet;

use customer_focus::cli::WindowArguments;
use customer_focus::guidance;
use customer_focus::insights::{Behavior, InsightId};
use customer_focus::text::Locale;
use customer_focus::ui::app::App;
use customer_focus::ui::theme::{self, Text};
use customer_focus::ui::widgets::{Button, ProofId, Provable};
use customer_focus::workbench::{Number, metric_named, metric_names, wording};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::plans::{sample_file, type_into, wait_for};
use crate::support::window::{go, opened, press, sample, shows, wait, window};

// ----------------------------------------------------------------------------------------- what needs no proof

/// What has figures that are not computed from people, kind by kind.
#[derive(Debug)]
struct Allowed {
    /// Texts of the guidance and of the glossary: facts with their source, definitions, thresholds.
    guidance: Vec<String>,
    /// Names: of insights and behaviors ("over 8 hours"), of groups, of files and headers.
    names: Vec<String>,
}

impl Allowed {
    fn of(app: Option<&App>) -> Self {
        let mut guidance = vec![guidance::introduction().headline.clone(), guidance::introduction().caveat.clone()];
        let introduction = guidance::introduction();
        guidance.push(format!("{} {}", introduction.caveat, introduction.source.citation()));
        guidance.push(format!("{:?}", guidance::sources()));
        guidance
            .extend(Behavior::ALL.into_iter().map(|behavior| unescaped(&format!("{:?}", guidance::article(behavior)))));
        guidance.push(unescaped(&format!("{:?}", guidance::glossary())));
        guidance.extend(guidance::sources().iter().map(guidance::SourceRef::citation));
        let mut names: Vec<String> = InsightId::ALL.into_iter().map(|id| wording::name(id).to_owned()).collect();
        names.extend(InsightId::ALL.into_iter().map(|id| wording::predicate(id).to_owned()));
        names.extend(
            metric_names().into_iter().filter_map(metric_named).map(|metric| wording::mean_name(metric).to_owned()),
        );
        if let Some(Ok(findings)) = app.and_then(|app| app.workbench().results()).map(|results| &results.findings) {
            let outcomes = findings.insights.iter().filter_map(|insight| insight.outcome.as_ref().ok());
            names.extend(outcomes.flat_map(|outcome| outcome.bands.iter().map(|band| band.label.clone())));
        }
        if let Some(Ok(found)) = app.and_then(|app| app.workbench().explored()).map(|explored| &explored.found)
            && let Ok(chosen) = &found.chosen
        {
            names.extend(chosen.bins.iter().map(|bin| wording::bin(chosen.metric, bin, &Locale::of("en-US"))));
        }
        if let Some(opened) = app.and_then(|app| app.workbench().opened()) {
            let attributes = opened.dataset.attributes().iter();
            names.extend(attributes.flat_map(|attribute| attribute.values.iter().cloned()));
            names.push(opened.name.clone());
            for source in &opened.report.sources {
                names.extend(source.columns.iter().map(|(_, header)| header.clone()));
                names.extend(source.evidence.iter().map(|(_, sentence)| sentence.in_words(&Locale::of("en-US"))));
                // Labels such as UTF-8 and windows-1252.
                names.push(source.encoding.to_uppercase());
            }
        }
        // "1" as a group's name would allow every number.
        names.retain(|name| name.chars().any(char::is_alphabetic));
        names.extend(guidance::glossary().terms.iter().map(|term| term.name.clone()));
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        Self { guidance, names }
    }

    /// Whether a text has figures left when everything that needs no proof is taken out of it.
    fn leaves_figures(&self, role: Role, text: &str) -> bool {
        // Controls show what somebody set, and the keys of the card of keys are no numbers.
        if matches!(role, Role::SpinButton | Role::Slider | Role::TextInput | Role::RadioButton | Role::Tooltip) {
            return false;
        }
        let text = text.trim_start_matches("It shows: ").trim_start_matches("It does not show: ");
        if is_key(text)
            || is_date(text)
            || is_ordinal(text)
            || is_count_of_texts(text)
            || is_of_a_plan(text)
            || self.guidance.iter().any(|known| known.contains(text))
        {
            return false;
        }
        let mut rest = text.to_owned();
        for name in &self.names {
            rest = rest.replace(name.as_str(), "");
        }
        SETTINGS.iter().for_each(|setting| rest = rest.replace(setting, ""));
        rest.chars().any(|c| c.is_ascii_digit())
    }
}

/// Sentences of the program itself with a figure that is a rule, a setting or a size, not a finding.
const SETTINGS: [&str; 21] = [
    "no contact for 30 days",
    "Apache License 2.0",
    "The minimum is 5 people for a Workplace Analytics export and 10 for a Viva Insights one",
    "never under 5",
    "From 80 % to 200 %; Ctrl and + or \u{2212} do the same anywhere, Ctrl and 0 goes back.",
    "Text size 100 %, Ctrl+0",
    "F1",
    "F5",
    "1:1",
    "by 5 points or more",
    "under 5 collaboration hours",
    "This export starts at 10;",
    "Back to 100 %",
    "30 %",
    "50 %",
    "100\u{a0}%",
    concat!("Version ", env!("CARGO_PKG_VERSION")),
    "Apache-2.0",
    "License 1.1",
    "Font License 1.0",
    "UTF-8",
];

/// As `Debug` writes texts, with its marks taken back.
fn unescaped(text: &str) -> String {
    text.replace("\\n", "\n").replace("\\\"", "\"").replace("\\'", "'").replace("\\u{a0}", "\u{a0}")
}

/// "Ctrl+0", "F5", "1 … 8".
fn is_key(text: &str) -> bool {
    let parts = text.split(['+', ' ', ',', '\u{2026}', '\u{2212}']).filter(|part| !part.is_empty());
    let is_cap = |part: &str| {
        part.chars().count() <= 1 || ["Ctrl", "Shift", "Page", "Down", "Up", "Esc", "or"].contains(&part) || {
            part.strip_prefix('F').is_some_and(|digits| digits.len() < 3 && digits.parse::<u8>().is_ok())
        }
    };
    parts.clone().count() > 0 && parts.into_iter().all(is_cap)
}

/// "Mar 31, 2024", alone or as "Mar 31, 2024 to Nov 24, 2024", or two of these against each other.
fn is_date(text: &str) -> bool {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let is_one = |text: &str| {
        let mut parts = text.split([' ', ',']).filter(|part| !part.is_empty());
        let month = parts.next().is_some_and(|month| MONTHS.contains(&month));
        month && parts.all(|part| part.len() <= 4 && part.parse::<u16>().is_ok())
    };
    text.split(" against ").flat_map(|window| window.split(" to ")).all(is_one)
}

/// "1." before a step.
fn is_ordinal(text: &str) -> bool {
    text.strip_suffix('.').is_some_and(|number| number.parse::<u8>().is_ok())
}

/// "2 plans: 1 behind, 1 on track", "Delete task 1", and the weeks that somebody chose for a plan.
fn is_of_a_plan(text: &str) -> bool {
    let number = |text: &str| text.parse::<u16>().is_ok();
    let counts = |part: &str| part.split_once(' ').is_some_and(|(count, _)| number(count));
    let title = text.split_once(" plan").is_some_and(|(count, _)| number(count))
        && text.split([':', ',']).all(|part| counts(part.trim()));
    let week = |text: &str| text.strip_prefix("Week ").is_some_and(|rest| rest.split(" of ").all(number));
    let state = text.split_once(". ").filter(|(state, _)| *state == "Completed" || week(state));
    let span = state.and_then(|(_, span)| span.rsplit_once(", ")).is_some_and(|(dates, _)| is_date(dates));
    title || week(text) || span || text.strip_prefix("Delete task ").is_some_and(number)
}

/// "58 terms" of the glossary, "Source and 2 more", "Filter (2)", and how many rows a table has.
fn is_count_of_texts(text: &str) -> bool {
    let number = |text: &str| text.parse::<u16>().is_ok();
    let terms = text
        .strip_suffix(" terms")
        .or_else(|| text.strip_suffix(" sources"))
        .is_some_and(|count| count.split(" of ").all(number));
    let more =
        text.strip_suffix(" more").and_then(|text| text.rsplit_once(" and ")).is_some_and(|(_, count)| number(count));
    let rows = text.strip_suffix(" rows").and_then(|text| text.rsplit_once(", table of "));
    let filters = text.strip_prefix("Filter (").and_then(|text| text.strip_suffix(")")).is_some_and(number);
    terms || more || filters || rows.is_some_and(|(_, count)| number(count))
}

// ------------------------------------------------------------------------------------------------- the walk

/// Every text with figures that has no proof, and every proof that does not exist.
fn unproven<S>(harness: &Harness<'_, S>, allowed: &Allowed, proves: impl Fn(&Number) -> bool) -> BTreeSet<String> {
    let mut problems = BTreeSet::new();
    for node in harness.root().children_recursive() {
        let node = node.accesskit_node();
        let texts = [node.label(), node.value()];
        let author = node.author_id().and_then(ProofId::of_author_id);
        if let Some(proof) = &author {
            let exists = Number::of_key(proof.key()).is_some_and(|number| proves(&number));
            if !exists {
                problems.insert(format!("{} is no proof of {:?}", proof.key(), texts));
            }
            continue;
        }
        for text in texts.into_iter().flatten() {
            // A step forward into the letters of a label that has its own node.
            if node.role() != Role::TextRun && allowed.leaves_figures(node.role(), &text) {
                problems.insert(format!("{:?}: {text}", node.role()));
            }
        }
    }
    problems
}

/// What is wrong with the window as it stands.
pub(crate) fn problems(window: &Harness<'_, App>, place: &str) -> Vec<String> {
    let app = window.state();
    let proves = |number: &Number| app.workbench().proof_of(number, &Locale::neutral()).is_some();
    let problems = unproven(window, &Allowed::of(Some(app)), proves);
    problems.into_iter().map(|problem| format!("{place}: {problem}")).collect()
}

/// Fails with everything that was found.
#[track_caller]
pub(crate) fn none(problems: &[String]) {
    assert!(problems.is_empty(), "numbers without a proof:\n  {}", problems.join("\n  "));
}

const SCREENS: [&str; 9] =
    ["Overview", "Customers", "Coaching", "Networks", "Compare periods", "Data", "Glossary", "Settings", "About"];

#[test]
fn every_number_of_every_screen_has_a_proof() {
    let mut found = Vec::new();
    let mut window = sample();
    wait(&mut window, |app| app.workbench().beside().is_some());
    for screen in SCREENS {
        go(&mut window, screen);
        found.extend(problems(&window, screen));
    }
    for screen in ["Customers", "Coaching", "Networks"] {
        go(&mut window, screen);
        for tab in ["Why it matters", "Change strategy", "Definition", "Best practices"] {
            window.get_by_role_and_label(Role::Tab, tab).click();
            window.run_ok();
            found.extend(problems(&window, &format!("{screen}, {tab}")));
        }
    }
    none(&found);
}

#[test]
fn every_number_of_tables_windows_and_the_room_has_a_proof() {
    let mut found = Vec::new();
    let mut window = sample();
    go(&mut window, "Coaching");
    for chart in 0..3 {
        window.get_all_by_role_and_label(Role::Button, "Chart menu").nth(chart).unwrap().click();
        window.run_ok();
        window.get_by_role_and_label(Role::MenuItem, "View as table").click();
        window.run_ok();
        found.extend(problems(&window, &format!("table {chart}")));
    }
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run_ok();
    found.extend(problems(&window, "Commands"));
    window.key_press(Key::Escape);
    window.run_ok();
    press(&mut window, "Take action");
    found.extend(problems(&window, "Take action"));
    window.key_press(Key::Escape);
    window.run_ok();
    window.key_press(Key::F5);
    window.run_ok();
    for slide in 0..4 {
        found.extend(problems(&window, &format!("slide {slide}")));
        window.key_press(Key::PageDown);
        window.run_ok();
    }
    none(&found);
}

#[test]
fn every_number_of_every_view_of_explore_has_a_proof() {
    let mut found = Vec::new();
    let mut window = sample();
    go(&mut window, "Explore");
    wait(&mut window, |app| app.workbench().explored().is_some() && !app.workbench().is_updating());
    for view in [
        "Groups",
        "Distribution",
        "Box plots",
        "Trend",
        "Heat table",
        "External time",
        "Networks",
        "Coaching style",
        "Rhythm of 1:1s",
    ] {
        window.get_by_role_and_label(Role::Tab, view).click();
        window.run_ok();
        found.extend(problems(&window, view));
        window.get_all_by_role_and_label(Role::Button, "Chart menu").next().unwrap().click();
        window.run_ok();
        window.get_by_role_and_label(Role::MenuItem, "View as table").click();
        window.run_ok();
        found.extend(problems(&window, &format!("{view}, table")));
    }
    none(&found);
}

#[test]
fn every_number_of_another_question_has_a_proof() {
    let mut found = Vec::new();
    let mut window = sample();
    press(&mut window, "Yes, mark them");
    wait(&mut window, |app| !app.workbench().is_updating());
    go(&mut window, "Customers");
    for (choice, attribute) in [("Group by", "Region"), ("Group also by", "Organization")] {
        window.get_by_role_and_label(Role::ComboBox, choice).click();
        window.run_ok();
        window.get_by_role_and_label(Role::Button, attribute).click();
        window.run_ok();
        wait(&mut window, |app| !app.workbench().is_updating());
    }
    for screen in SCREENS {
        go(&mut window, screen);
        found.extend(problems(&window, screen));
    }
    none(&found);
}

#[test]
fn every_number_of_a_filtered_window_has_a_proof() {
    let mut found = Vec::new();
    let mut window = sample();
    window.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.run_ok();
    found.extend(problems(&window, "Filter"));
    window.get_all_by_role_and_label(Role::CheckBox, "Sales").next().unwrap().click();
    window.run_ok();
    wait(&mut window, |app| !app.workbench().is_updating());
    for screen in SCREENS {
        go(&mut window, screen);
        found.extend(problems(&window, &format!("{screen}, filtered")));
    }
    none(&found);
}

#[test]
fn every_number_of_a_plan_has_a_proof() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = opened(sample_file(folder.path(), "may.csv", "2026-05-31"));
    let mut found = Vec::new();
    for group in ["Make a plan for Support", "Make a plan for Operations"] {
        go(&mut window, "Overview");
        window.get_all_by_role_and_label(Role::Button, group).next().unwrap().click();
        window.run_ok();
        wait_for(&mut window, "Before: ");
        type_into(&mut window, "Starts in the week of", "2026-03-29");
        wait_for(&mut window, "to Mar 22, 2026");
        found.extend(problems(&window, "Make a plan"));
        press(&mut window, "Create plan");
        wait(&mut window, |app| app.workbench().project().plans.iter().all(|plan| plan.measured.is_some()));
        found.extend(problems(&window, "a plan"));
        press(&mut window, "All plans");
        found.extend(problems(&window, "Plans"));
    }
    go(&mut window, "Overview");
    found.extend(problems(&window, "Overview with plans"));
    none(&found);
}

/// A screen that somebody might write tomorrow.
fn made_up(draw: impl FnMut(&mut egui::Ui) + 'static) -> BTreeSet<String> {
    let mut draw = draw;
    let mut installed = false;
    let mut harness = Harness::builder().with_size([600.0, 300.0]).build_ui(move |ui| {
        if std::mem::replace(&mut installed, true) {
            draw(ui);
        } else {
            theme::install(ui.ctx());
        }
    });
    harness.run();
    unproven(&harness, &Allowed::of(None), |number| *number == Number::Population)
}

#[test]
fn a_number_without_a_proof_is_found() {
    for text in ["37 % of 412 people", "412", "About 2 in 3", "27 to 35"] {
        assert_eq!(made_up(move |ui| _ = ui.add(Text::hero(text))).len(), 1, "{text}");
        assert_eq!(made_up(move |ui| _ = ui.add(Button::quiet(text))).len(), 1, "{text}");
    }
    let proven = |key: &'static str| {
        made_up(move |ui| _ = ui.add(Provable::new(Text::hero("37 % of 412 people"), ProofId::new(key))))
    };
    assert!(proven("population").is_empty());
    // A key that leads nowhere, and one that leads to a number that these results do not have.
    assert_eq!((proven("nothing").len(), proven("check/3").len()), (1, 1));
    for text in ["Mar 31, 2024", "Ctrl+0", "1.", "two half-hour 1:1s", "External collaboration over 8 hours"] {
        assert!(made_up(move |ui| _ = ui.add(Text::body(text))).is_empty(), "{text}");
    }
}

// --------------------------------------------------------------------------------------------- by hand

/// The text that was put on the clipboard in the next frames.
fn copied(window: &mut Harness<'_, App>) -> String {
    for _ in 0..8 {
        window.step();
        let copied = window.output().platform_output.commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
        if let Some(text) = copied {
            return text;
        }
    }
    panic!("nothing was copied");
}

#[test]
fn a_click_on_the_large_number_tells_how_it_was_made() {
    let mut window = sample();
    window.get_by_role_and_label(Role::Button, "36.2\u{a0}%").click();
    window.run_ok();
    wait(&mut window, |app| app.workbench().hashes().latest().is_some());
    for text in [
        "How this number was made",
        "Less than 15 minutes of 1:1 a week: share of people",
        "So the line is 60 minutes a month.",
        "1,200 people, 26 weeks",
        "customer-focus insights --sample --format json",
        "SHA-256: ",
    ] {
        assert!(shows(&window, text), "{text}");
    }
    press(&mut window, "Copy command");
    assert!(shows(&window, "Command copied"));
    window.get_by_role_and_label(Role::Button, "Copy everything").click();
    let text = copied(&mut window);
    assert!(
        text.contains("36.2")
            && text.contains("SHA-256: ")
            && text.contains("insights[id=coaching_under_15_min].share")
    );
    press(&mut window, "Close");
    assert_eq!(window.state().workbench().proven(), None);
}

#[test]
fn the_keyboard_leads_to_a_proof_and_back() {
    let mut window = sample();
    window.get_by_role_and_label(Role::Button, "30.7\u{a0}%").focus();
    window.run_ok();
    for key in [Key::Enter, Key::Questionmark] {
        window.key_press(key);
        window.run_ok();
        assert_eq!(window.state().workbench().proven(), Some(&Number::Share(InsightId::ExternalOver8h)), "{key:?}");
        window.key_press(Key::Escape);
        window.run_ok();
        assert_eq!(window.state().workbench().proven(), None);
        window.get_by_role_and_label(Role::Button, "30.7\u{a0}%").focus();
        window.run_ok();
    }
    window.key_press_modifiers(Modifiers::COMMAND, Key::I);
    window.run_ok();
    assert_eq!(window.state().workbench().proven(), Some(&Number::Share(InsightId::ExternalOver8h)));
}

#[test]
fn bars_points_and_rows_have_proofs_of_their_own() {
    let mut window = sample();
    go(&mut window, "Coaching");
    // The arrow keys choose a band, Enter asks for its proof.
    window.get_by_label_contains("Distribution of monthly 1:1 time with managers: ").focus();
    window.run_ok();
    for key in [Key::ArrowRight, Key::ArrowRight, Key::Enter] {
        window.key_press(key);
        window.run_ok();
    }
    assert_eq!(window.state().workbench().proven(), Some(&Number::Band(InsightId::CoachingUnder15Min, 1)));
    window.key_press(Key::Escape);
    window.run_ok();
    let support = "Support: 50\u{a0}% of 181 people";
    let row = window.get_by_label_contains(support).rect();
    window.get_by_label_contains(support).click();
    window.run_ok();
    assert!(row.width() > 300.0);
    assert!(
        matches!(window.state().workbench().proven(), Some(Number::Group(_, _, group)) if group.as_str() == "Support"),
        "{:?}",
        window.state().workbench().proven()
    );
    assert!(shows(&window, "Group less the rest"));
}

#[test]
fn in_the_room_a_click_belongs_to_the_presenter() {
    let mut window = sample();
    window.key_press(Key::F5);
    window.run_ok();
    window.get_by_label("36.2\u{a0}%").click();
    window.run_ok();
    assert_eq!(window.state().workbench().proven(), None);
}

#[test]
fn without_a_file_there_is_no_number_to_prove() {
    let mut found = Vec::new();
    let mut window = window(WindowArguments::default());
    window.run_ok();
    for screen in SCREENS {
        go(&mut window, screen);
        found.extend(problems(&window, screen));
    }
    none(&found);
}
