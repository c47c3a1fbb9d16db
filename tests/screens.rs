//! Journeys through the screens Data, Settings, Glossary and About, by what stands on them.

use customer_focus::cli::WindowArguments;
use customer_focus::workbench::Route;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use crate::support::window::{go, opened, sample, shows, wait, window};

#[test]
fn the_data_page_says_what_was_opened_and_on_what_evidence() {
    let mut window = sample();
    go(&mut window, "Data");
    // The sample has no row to set aside.
    for text in [
        "This export is fit for every insight",
        "Rows in the file",
        "Rows used",
        "27,024",
        "What it is fit for",
        "External collaboration over 8 hours",
        "Every date is a Sunday.",
        "Which column holds what",
        "Telling people apart; never shown",
        "What people can be grouped by",
    ] {
        assert!(shows(&window, text), "{text}");
    }
}

#[test]
fn small_groups_are_counted_but_not_named() {
    let mut window = sample();
    go(&mut window, "Data");
    // Legal has 7 people, and 10 is the least that is shown.
    assert!(shows(&window, "hidden to protect people"));
    assert!(!shows(&window, "Legal"));
    // Here every group that is shown has a box to tick.
    go(&mut window, "Settings");
    assert!(shows(&window, "Engineering"));
    assert!(!shows(&window, "Legal"));
}

#[test]
fn choosing_another_product_reads_the_export_again() {
    let mut window = sample();
    go(&mut window, "Data");
    let before = std::sync::Arc::clone(window.state().workbench().opened().unwrap());
    window.get_by_role_and_label(Role::ComboBox, "Product").click();
    window.run_ok();
    window.get_by_role_and_label(Role::Button, "Workplace Analytics").click();
    window.run_ok();
    wait(&mut window, |app| {
        app.workbench().opened().is_some_and(|opened| !std::sync::Arc::ptr_eq(opened, &before))
            && !app.workbench().is_updating()
    });
    // A Workplace Analytics export starts with groups of 5.
    assert!(shows(&window, "Groups under 5 people are hidden."));
    assert!(shows(&window, "It was chosen, not recognized."));
    assert!(shows(&window, "chosen by you"));
}

#[test]
fn raising_the_minimum_group_size_changes_every_screen_at_once() {
    let mut window = sample();
    go(&mut window, "Settings");
    assert!(shows(&window, "Groups under 10 people are hidden."));
    // Ten is where a Viva Insights export starts, so there is no way down.
    window.get_by_label("Raise: Minimum group size").click();
    window.run_ok();
    wait(&mut window, |app| !app.workbench().is_updating());
    assert!(shows(&window, "Groups under 11 people are hidden."));
    window.get_by_label("Lower: Minimum group size").click();
    window.run_ok();
    window.get_by_label("Lower: Minimum group size").click();
    window.run_ok();
    wait(&mut window, |app| !app.workbench().is_updating());
    assert!(shows(&window, "Groups under 10 people are hidden."));
}

#[test]
fn a_group_marked_as_customer_facing_is_one_for_the_workbench() {
    let mut window = sample();
    go(&mut window, "Settings");
    window.get_by_role_and_label(Role::CheckBox, "Sales").click();
    window.run_ok();
    wait(&mut window, |app| !app.workbench().is_updating());
    let marked = &window.state().workbench().settings().customer_facing;
    assert_eq!(marked.iter().map(|group| group.value.as_str()).collect::<Vec<_>>(), ["Sales"]);
}

#[test]
fn thresholds_are_chosen_by_their_words() {
    let mut window = sample();
    go(&mut window, "Settings");
    window.get_by_label("Co-attended over 50 %").click();
    window.run_ok();
    window.get_by_label("Lower: Smallest gap").click();
    window.run_ok();
    window.get_by_label("My own").click();
    window.run_ok();
    wait(&mut window, |app| !app.workbench().is_updating());
    let settings = window.state().workbench().settings();
    assert_eq!(settings.co_attended_basis_points, 5000);
    assert!((settings.gap - 0.04).abs() < 1e-9);
    assert!(settings.q3.is_some());
}

#[test]
fn the_text_size_goes_up_and_back() {
    let mut window = sample();
    go(&mut window, "Settings");
    window.get_by_label("Larger text").click();
    window.run_ok();
    assert!((window.ctx.zoom_factor() - 1.1).abs() < 1e-6);
    window.get_by_label("Back to 100 %").click();
    window.run_ok();
    assert!((window.ctx.zoom_factor() - 1.0).abs() < 1e-6);
}

#[test]
fn without_an_export_settings_of_numbers_say_what_they_wait_for() {
    let mut window = window(WindowArguments::default());
    window.run_ok();
    go(&mut window, "Settings");
    assert!(shows(&window, "appear here once an export is open"));
    assert!(shows(&window, "Theme"));
    window.get_by_label("Open the sample company").click();
    window.run_ok();
    wait(&mut window, |app| app.workbench().results().is_some());
}

#[test]
fn the_glossary_leaves_the_keyboard_where_it_is_and_finds_a_term() {
    let mut window = sample();
    go(&mut window, "Glossary");
    let all = customer_focus::guidance::glossary().terms.len();
    assert!(shows(&window, &format!("{all} terms")));
    // A key that leads to another screen still does.
    window.key_press(egui::Key::Num7);
    window.run_ok();
    assert!(shows(&window, "Nobody publishes a benchmark"));
    go(&mut window, "Glossary");
    window.get_by_label("Search the glossary").focus();
    window.run_ok();
    window.event(egui::Event::Text("uninterrupted".to_owned()));
    window.run_ok();
    let found = customer_focus::guidance::glossary().search("uninterrupted");
    assert!(!found.is_empty() && found.len() < all);
    assert!(shows(&window, &format!("{} of {all} terms", found.len())));
    assert!(shows(&window, &found[0].name));
    window.event(egui::Event::Text("xyz".to_owned()));
    window.run_ok();
    assert!(shows(&window, "No such term"));
    window.get_by_label("Show every term").click();
    window.run_ok();
    assert!(shows(&window, &format!("{all} terms")));
}

#[test]
fn about_tells_version_promise_and_licenses_and_shows_the_keys() {
    let mut window = window(WindowArguments::default());
    window.run_ok();
    go(&mut window, "About");
    for text in [
        &format!("Version {}", env!("CARGO_PKG_VERSION")),
        "Everything stays on this computer",
        "never under 5",
        "Apache-2.0",
        "SIL Open Font License 1.1",
    ] {
        assert!(shows(&window, text), "{text}");
    }
    window.get_by_label("Show the keys").click();
    window.run_ok();
    assert!(shows(&window, "Open an export"));
}

#[test]
fn every_screen_can_be_drawn_at_every_text_size() {
    let mut window = sample();
    window.set_size(egui::vec2(1280.0, 720.0));
    for zoom in [0.8, 1.0, 1.5, 2.0] {
        window.ctx.set_zoom_factor(zoom);
        window.run_ok();
        for route in [Route::Data, Route::Glossary, Route::Settings, Route::About] {
            let name = format!("{route:?}");
            window.get_by_role_and_label(Role::Link, &name).click();
            window.run_ok();
            assert_eq!(window.state().workbench().route(), route, "at {zoom}");
        }
    }
}

/// An export whose groups have names of 200 letters, customer-facing by the sound of them.
fn long_names() -> (tempfile::TempDir, std::path::PathBuf, [String; 2]) {
    let names = ["North", "South"].map(|start| format!("{start} sales {}", "of many regions ".repeat(12)));
    let names = names.map(|name| name.chars().take(199).collect::<String>() + ".");
    let mut text = "PersonId,MetricDate,Collaboration_hours,External_collaboration_hours,Organization\n".to_owned();
    for day in ["2024-04-07", "2024-04-14"] {
        for person in 0..40 {
            text += &format!("p{person},{day},20,{},{}\n", person % 12, names[person % 2]);
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.csv");
    std::fs::write(&path, text).unwrap();
    (folder, path, names)
}

#[test]
fn a_very_long_name_of_a_group_stays_in_its_card() {
    let (_folder, path, names) = long_names();
    let mut window = opened(path);
    go(&mut window, "Settings");
    let head = window.get_by_label("Customer-facing groups").rect();
    for name in &names {
        assert_eq!(name.chars().count(), 200);
        // Whole to those who do not see it; on the screen no wider than the card.
        let row = window.get_by_role_and_label(Role::CheckBox, name).rect();
        // Its highlight reaches a little over the edge, so that its box stands in line with the head.
        assert!(row.left() >= head.left() - 9.0 && row.right() < 1240.0, "{row:?}");
        let chips = window.get_all_by_label("suggested").map(|chip| chip.rect()).collect::<Vec<_>>();
        assert_eq!(chips.len(), 2);
        assert!(
            chips.iter().all(|chip| !chip.shrink(0.5).intersects(row) && chip.right() < 1232.0),
            "{chips:?} {row:?}"
        );
        assert!(chips.iter().any(|chip| (chip.center().y - row.center().y).abs() < 1.0), "{chips:?} {row:?}");
    }
    window.get_by_role_and_label(Role::CheckBox, &names[0]).click();
    window.run_ok();
    let marked = &window.state().workbench().settings().customer_facing;
    assert!(marked.len() == 1 && marked[0].value == names[0]);
}

#[test]
fn the_two_ways_on_from_a_card_stand_in_one_row() {
    let mut window = sample();
    window.set_size(egui::vec2(1280.0, 720.0));
    window.run_ok();
    let rows = |word| window.get_all_by_role_and_label(Role::Button, word).map(|node| node.rect()).collect::<Vec<_>>();
    let (see, act) = (rows("See your insights"), rows("Take action"));
    assert_eq!((see.len(), act.len()), (3, 3));
    for (see, act) in see.iter().zip(&act) {
        assert!((see.center().y - act.center().y).abs() < 1.0 && act.left() >= see.right(), "{see:?} {act:?}");
    }
}

#[test]
fn an_export_with_too_few_people_leads_on_to_another_one() {
    let mut text = "PersonId,MetricDate,Collaboration_hours,External_collaboration_hours\n".to_owned();
    for person in 0..4 {
        text += &format!("p{person},2024-04-07,20,9\n");
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.csv");
    std::fs::write(&path, text).unwrap();
    let mut window = opened(path);
    assert!(shows(&window, "Nothing can be shown about this selection"));
    assert!(shows(&window, "Open another export"));
    window.get_by_role_and_label(Role::Button, "Open the sample company").click();
    window.run_ok();
    wait(&mut window, |app| app.workbench().results().is_some_and(|results| results.findings.is_ok()));
    assert!(!shows(&window, "Open another export"));
}
