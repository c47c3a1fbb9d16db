//! Contacts: the call, the answers, the lists; accounts and the time with them.

use customer_focus::cli::WindowArguments;
use customer_focus::report::{Format, contact_report};
use customer_focus::text::Locale;
use customer_focus::ui::app::App;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::journeys::Dropped;
use crate::support::window::{go, press, shows, wait, window};

fn type_into(window: &mut Harness<'static, App>, label: &str, text: &str) {
    window.get_by_label(label).focus();
    window.run_ok();
    window.get_by_label(label).type_text(text);
    window.run_ok();
}

fn tab(window: &mut Harness<'static, App>, word: &str) {
    window.get_by_role_and_label(Role::Tab, word).click();
    window.run_ok();
}

/// The screen without any export.
fn screen() -> Harness<'static, App> {
    let mut window = window(WindowArguments::default());
    go(&mut window, "Contacts");
    tab(&mut window, "Go-to contacts");
    window
}

fn paste_answers(window: &mut Harness<'static, App>, text: &str) {
    press(window, "Paste answers\u{2026}");
    type_into(window, "Cells of the table, with its header", text);
}

const ANSWERS: &str = "Name,Email,Role,Teams,Topics,Consent,Consent day\n\
    Ann Example,ann@contoso.com,Lead,North,Pricing,yes,2020-01-01\n\
    Bea Sample,bea@contoso.com,,North; South,Contracts,yes,\n\
    Cid Nobody,,,South,,no,\n";

#[test]
fn answers_are_looked_at_line_by_line_before_they_are_taken_over_as_one_step() {
    let mut window = screen();
    assert!(shows(&window, "No go-to contacts yet"));
    paste_answers(&mut window, ANSWERS);
    assert!(shows(&window, "2 added, 0 changed, 0 withdrawn, 1 set aside."));
    assert!(shows(&window, "set aside: no consent"));
    assert!(window.state().workbench().project().is_empty(), "nothing is taken over yet");
    press(&mut window, "Take over");
    // Ann's consent of 2020 has ended, so that only Bea is on a list.
    assert!(shows(&window, "1 go-to contact"));
    assert!(shows(&window, "Expired"));
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run_ok();
    assert!(window.state().workbench().project().is_empty());
}

#[test]
fn a_person_is_typed_found_in_the_coverage_and_withdrawn_without_a_trace() {
    let mut window = screen();
    press(&mut window, "Add a person\u{2026}");
    type_into(&mut window, "Name", "Ann Example");
    type_into(&mut window, "Email", "ann@contoso.com");
    type_into(&mut window, "Topics", "Pricing");
    type_into(&mut window, "Teams", "North");
    assert!(shows(&window, "Without the person\u{2019}s consent nothing is kept."));
    assert!(window.get_by_role_and_label(Role::Button, "Save person").accesskit_node().is_disabled());
    window.get_by_role_and_label(Role::CheckBox, "Agreed to be on the lists").click();
    window.run_ok();
    press(&mut window, "Save person");
    assert!(shows(&window, "1 go-to contact") && shows(&window, "1 of 1 fields have somebody."));

    press(&mut window, "Withdraw Ann Example\u{2026}");
    press(&mut window, "Withdraw");
    assert!(!shows(&window, "Ann Example"));
    let saved = serde_json::to_string(window.state().workbench().project()).unwrap();
    assert!(!saved.contains("Ann") && !saved.contains("contoso"), "{saved}");
    // Taking the step back is taking the withdrawal back.
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run_ok();
    assert!(shows(&window, "Ann Example"));
}

#[test]
fn the_same_person_cannot_be_added_twice() {
    let mut window = screen();
    paste_answers(&mut window, ANSWERS);
    press(&mut window, "Take over");
    press(&mut window, "Add a person\u{2026}");
    type_into(&mut window, "Name", "B. Sample");
    type_into(&mut window, "Email", "BEA@contoso.com");
    assert!(shows(&window, "Bea Sample is here already."));
}

#[test]
fn what_the_call_says_is_changed_and_wanted_topics_without_anybody_are_gaps() {
    let mut window = screen();
    paste_answers(&mut window, ANSWERS);
    press(&mut window, "Take over");
    press(&mut window, "Change what it says\u{2026}");
    type_into(&mut window, "Topics wanted", "Security");
    type_into(&mut window, "Answers go to", "Customer Office");
    press(&mut window, "Save call");
    // Contracts has Bea in both of her teams; Security nobody.
    assert!(shows(&window, "1 go-to contact, 2 gaps"));
    assert!(shows(&window, "Next: find somebody for Security in North."));
    press(&mut window, "Copy the call");
    assert!(shows(&window, "Call copied"));
}

pub(crate) const ACCOUNTS: &str = "Account,Domains,Kind,Owner role,Tier,Goal hours a month\n\
    Contoso,contoso.com,customer,Sales North,A,30\n\
    Fabrikam,fabrikam.com; jo@gmail.com,supplier,Purchasing,B,\n\
    Solo,solo.com,customer,Sales South,,5\n";

/// Twelve people, six months of 2026: each gives Contoso 2 hours, Fabrikam 1, unlisted.com 3 and personal mail 1 a month;
/// one of them gives Solo 4.
pub(crate) fn export() -> tempfile::TempPath {
    let mut text = String::from(
        "PrimaryCollaborator_PersonId,PrimaryCollaborator_Organization,SecondaryCollaborator_Email,MetricDate,\
         Collaboration Hours with External Collaborators\n",
    );
    for month in 1..=6 {
        for person in 0..12 {
            for (address, hours) in
                [("ann@contoso.com", 2), ("bob@fabrikam.com", 1), ("eve@unlisted.com", 3), ("zed@gmail.com", 1)]
            {
                text.push_str(&format!("p{person},Sales,{address},2026-{month:02}-01,{hours}\n"));
            }
        }
        text.push_str(&format!("p0,Sales,sue@solo.com,2026-{month:02}-01,4\n"));
    }
    let mut file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    std::io::Write::write_all(&mut file, text.as_bytes()).unwrap();
    file.into_temp_path()
}

pub(crate) fn with_accounts() -> Harness<'static, App> {
    let mut window = window(WindowArguments::default());
    go(&mut window, "Contacts");
    press(&mut window, "Paste a list\u{2026}");
    type_into(&mut window, "Cells of the list, with its header", ACCOUNTS);
    assert!(shows(&window, "3 added, 0 changed, 0 set aside"));
    press(&mut window, "Take over");
    window
}

/// Drops a file on the window, whatever becomes of it.
pub(crate) fn drop_any(window: &mut Harness<'static, App>, path: &std::path::Path) {
    window.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(path.to_path_buf())));
    window.step();
}

pub(crate) fn drop_file(window: &mut Harness<'static, App>, path: &std::path::Path) {
    drop_any(window, path);
    wait(window, |app| {
        let workbench = app.workbench();
        !workbench.is_reading_contacts() && (workbench.contact_results().is_some() || !workbench.notices().is_empty())
    });
}

#[test]
fn a_list_and_an_export_give_hours_against_goals_that_add_up_and_name_nobody() {
    let mut window = with_accounts();
    assert!(shows(&window, "3 important accounts"));
    assert!(shows(&window, "j***@gmail.com") && !shows(&window, "jo@gmail.com"));
    drop_file(&mut window, &export());
    // A month has 12 x (2 + 1 + 3 + 1) + 4 = 88 hours; customers 24 + 4 = 28 of them.
    assert!(
        shows(&window, "Customers get 32\u{a0}% of external time in June 2026")
            || shows(&window, "Customers get 32% of external time in June 2026")
    );
    // Solo is one person's 4 hours, so Contoso, the next smallest customer, is not shown by itself either.
    assert!(shows(&window, "Hours of June 2026 are not shown by themselves"));
    assert!(shows(&window, "12.0 hours, 12 people"), "Fabrikam");
    assert!(shows(&window, "Time that no account shows: 76.0 of 88.0 hours."));
    assert!(shows(&window, "Single thread: the hours of 1 of 3 accounts with time come from one person."));
    assert!(!shows(&window, "ann@contoso.com") && !shows(&window, "sue@"));
    let found = window.state().workbench().contact_results().unwrap().clone();
    assert!(found.quiet_accounts().is_empty());

    // The page and the table of one team: its account, and nobody's address or name.
    let locale = Locale::of("en-US");
    for format in [Format::Html, Format::Csv] {
        let written = contact_report(&found, Some("Purchasing"), "", format, &locale).unwrap();
        let text = String::from_utf8(written.bytes).unwrap();
        assert!(text.contains("Fabrikam") && text.contains("12.0"), "{text}");
        assert!(!text.contains("Contoso") && !text.contains("@contoso") && !text.contains("jo@"), "{text}");
        assert!(written.name.starts_with("contacts-2026-06-purchasing."), "{}", written.name);
    }
}

#[test]
fn a_list_that_changes_changes_the_numbers_and_undo_brings_both_back() {
    let mut window = with_accounts();
    drop_file(&mut window, &export());
    press(&mut window, "Delete Solo");
    wait(&mut window, |app| app.workbench().contact_results().is_some_and(|results| results.ask.accounts.len() == 2));
    // Contoso is shown now: 24 of 30 hours, in a month that is over.
    assert!(shows(&window, "24.0 of 30.0 hours, 12 people"));
    assert!(shows(&window, "No single thread"));
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run_ok();
    wait(&mut window, |app| app.workbench().contact_results().is_some_and(|results| results.ask.accounts.len() == 3));
    assert!(!shows(&window, "24.0 of 30.0 hours"));
}

#[test]
fn an_account_is_typed_checked_and_saved() {
    let mut window = with_accounts();
    press(&mut window, "Add an account\u{2026}");
    type_into(&mut window, "Account", "Northwind");
    type_into(&mut window, "Domains and addresses", "contoso.com");
    assert!(shows(&window, "contoso.com is in Contoso already."));
    assert!(window.get_by_role_and_label(Role::Button, "Save account").accesskit_node().is_disabled());
    type_into(&mut window, "Domains and addresses", ".mx");
    type_into(&mut window, "Goal in hours a month", "7.5");
    press(&mut window, "Save account");
    let accounts = &window.state().workbench().project().contacts.accounts;
    assert_eq!(accounts.last().map(|account| account.goal_minutes), Some(Some(450)));
}

#[test]
fn another_file_is_refused_in_words_and_what_was_open_stays() {
    let mut window = with_accounts();
    let mut file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    std::io::Write::write_all(&mut file, b"PersonId,MetricDate,Collaboration_hours\np1,2026-01-04,3\n").unwrap();
    drop_file(&mut window, file.path());
    assert!(shows(&window, "This is a person query."));
    assert!(shows(&window, "3 important accounts"));
}

#[test]
fn voices_stand_beside_their_behavior_as_opinion_with_questions() {
    let mut window = window(WindowArguments::default());
    go(&mut window, "Decisions");
    press(&mut window, "Add voices\u{2026}");
    type_into(&mut window, "Comments, one a line", "We meet too much\nAsk jo@contoso.com");
    assert!(shows(&window, "1 line set aside: an address in it tells who."));
    press(&mut window, "Save voices");
    assert!(shows(&window, "We meet too much") && shows(&window, "opinion, not measurement"));
    assert!(shows(&window, "Which of our meetings would a customer miss if it were gone?"));
    assert_eq!(window.state().workbench().project().voices.len(), 1);
}
