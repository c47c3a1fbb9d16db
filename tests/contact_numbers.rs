//! The numbers about time with contacts: each has a proof, and the command line gives the same ones.

use customer_focus::text::Locale;
use customer_focus::ui::app::App;
use customer_focus::workbench::{ContactFigure, Number};
use egui_kittest::Harness;
use serde_json::Value;

use crate::cli::run;
use crate::contacts::{drop_file, export, with_accounts};
use crate::proof::{at, printed};
use crate::proven_screens::{none, problems};
use crate::support::window::{go, press, sample, shows, wait};

/// The sample company's contacts, on the screen.
fn sample_contacts() -> Harness<'static, App> {
    let mut window = sample();
    go(&mut window, "Contacts");
    press(&mut window, "Show the sample company\u{2019}s contacts");
    wait(&mut window, |app| app.workbench().contact_results().is_some_and(|results| !results.ask.accounts.is_empty()));
    window
}

/// Every number about contacts that there is.
fn numbers(window: &Harness<'_, App>) -> Vec<Number> {
    let accounts = &window.state().workbench().project().contacts.accounts;
    let figures = [ContactFigure::Kinds, ContactFigure::Elsewhere, ContactFigure::SingleThreads, ContactFigure::New];
    let of_accounts = accounts.iter().map(|account| ContactFigure::Account(account.id));
    figures.into_iter().chain(of_accounts).map(Number::Contacts).collect()
}

/// Compares every figure of every proof with what `command` prints; says how many there were.
#[track_caller]
fn compared(window: &Harness<'_, App>, json: &Value) -> usize {
    let mut compared = 0;
    for number in numbers(window) {
        let Some(proof) = window.state().workbench().proof_of(&number, &Locale::neutral()) else { continue };
        for figure in &proof.figures {
            let there = at(json, &figure.place).unwrap_or_else(|| panic!("{} is not in {json}", figure.place));
            let written: Value = serde_json::from_str(&serde_json::json!(figure.exact).to_string()).unwrap();
            assert_eq!(there.as_f64(), written.as_f64(), "{} of {}", figure.place, number.key());
            compared += 1;
        }
        assert!(!proof.meaning.is_empty() && !proof.selection.is_empty() && !proof.files.is_empty());
    }
    compared
}

#[test]
fn the_sample_companys_contacts_fill_the_page_and_every_number_on_it_has_a_proof() {
    let mut window = sample_contacts();
    assert!(shows(&window, "Customers get 45.0\u{a0}% of external time in May 2026"));
    assert!(shows(&window, "Single thread: the hours of 1 of 12 accounts with time come from one person."));
    assert!(shows(&window, "no contact for 30 days"));
    none(&problems(&window, "Contacts"));
    let results = window.state().workbench().contact_results().unwrap().clone();
    let findings = results.findings.as_ref().unwrap();
    let shown: u64 = findings.accounts.iter().filter_map(|account| account.seconds).sum();
    assert_eq!(shown + findings.elsewhere, findings.seconds, "the page adds up");

    // The proof on the screen, with its SHA-256 as soon as that is there.
    let first = results.ask.accounts[0].clone();
    press(&mut window, &shown_time(&results, 0));
    assert!(shows(&window, "Contacts: the time of an account") && shows(&window, &first.name));
    assert!(shows(&window, "customer-focus contacts --sample --format json"));
    wait(&mut window, |app| app.workbench().contact_hashes().latest().is_some());
    assert!(shows(&window, "SHA-256: "));
}

/// The line of an account, as on the screen.
fn shown_time(results: &customer_focus::workbench::ContactResults, place: usize) -> String {
    let findings = results.findings.as_ref().unwrap();
    let (account, time) = (&results.ask.accounts[place], &findings.accounts[place]);
    customer_focus::workbench::wording::account_time(account, time, findings, &Locale::of("en-US"))
}

#[test]
fn the_command_gives_the_numbers_of_the_sample_companys_page() {
    let window = sample_contacts();
    let kinds = window.state().workbench().proof_of(&numbers(&window)[0], &Locale::neutral()).unwrap();
    assert_eq!(kinds.command, "customer-focus contacts --sample --format json");
    assert!(compared(&window, &printed(&kinds.command)) > 40);
}

#[test]
fn the_command_reads_the_export_with_the_projects_list_and_the_month_on_the_screen() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = with_accounts();
    let file = export();
    drop_file(&mut window, &file);
    let command = |window: &Harness<'_, App>| {
        let kinds = Number::Contacts(ContactFigure::Kinds);
        window.state().workbench().proof_of(&kinds, &Locale::neutral()).unwrap().command
    };
    // Without a file of the project the list has no place yet.
    assert!(command(&window).contains(" --list CONTACTS.csv"), "{}", command(&window));
    let list = folder.path().join("list.csv");
    std::fs::write(&list, crate::contacts::ACCOUNTS).unwrap();
    let json = printed(&command(&window).replace("CONTACTS.csv", list.to_str().unwrap()));
    assert!(compared(&window, &json) > 10);

    // A project in the place of the list.
    let project = folder.path().join("Plan.cfocus");
    let document = window.state().workbench().document();
    std::fs::write(&project, document.to_text()).unwrap();
    let json = printed(&command(&window).replace("CONTACTS.csv", project.to_str().unwrap()));
    assert!(compared(&window, &json) > 10);
    let month = run(&["contacts", file.to_str().unwrap(), "--list", list.to_str().unwrap(), "--month", "2026-03"]);
    assert!(month.code == 0 && month.stdout.contains("March 2026"), "{month:?}");
}

#[test]
fn the_command_refuses_in_three_sentences_and_hides_what_the_window_hides() {
    let file = export();
    let file = file.to_str().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let no_list = folder.path().join("no-list.csv");
    std::fs::write(&no_list, "a,b\n1,2\n").unwrap();
    let no_list = no_list.to_str().unwrap();
    for arguments in [
        &["contacts"][..],
        &["contacts", file, "--month", "2025-01"],
        &["contacts", file, "--month", "soon"],
        &["contacts", file, "--min-group", "4"],
        &["contacts", file, "--list", no_list],
        &["contacts", file, "--list", "/nowhere/list.csv"],
        &["contacts", no_list],
    ] {
        run(arguments).refused(2);
    }
    // Twelve people are fewer than thirteen.
    let hidden = run(&["contacts", file, "--min-group", "13", "--format", "json"]);
    assert_eq!(hidden.code, 0, "{hidden:?}");
    let json = hidden.json();
    assert_eq!((&json["contacts"]["available"], &json["contacts"]["hours"]), (&Value::Bool(false), &Value::Null));
    // Without a list nobody is a customer.
    let json = run(&["contacts", file, "--format", "json", "--hash"]).json();
    assert_eq!(json["contacts"]["kinds"][0]["hours"], 0.0);
    assert_eq!(json["sources"][0]["sha256"].as_str().unwrap().len(), 64);
    let csv = run(&["contacts", "--sample", "--format", "csv"]);
    // A header, six kinds, thirteen accounts.
    assert_eq!(csv.stdout.lines().count(), 20, "{}", csv.stdout);
    let set_aside = folder.path().join("list.csv");
    std::fs::write(&set_aside, "Account,Kind\nContoso,friend\n").unwrap();
    assert_eq!(run(&["contacts", file, "--list", set_aside.to_str().unwrap()]).code, 1, "a line was set aside");
}
