//! The window: what is hidden stands nowhere on it, not in a table, not on the clipboard and not in the accessibility
//! tree, and changes nothing there.

use std::path::PathBuf;

use customer_focus::ui::app::App;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::entries::{ATTRIBUTES, HIDDEN, PERSON, export, people, shuffled};
use crate::support::random::Dice;
use crate::support::window::{go, opened, wait};

/// What stands on a window, in order: names, values and descriptions, wherever a reader of the screen finds them.
fn texts(window: &Harness<'_, App>) -> Vec<String> {
    let nodes = window.root().children_recursive();
    let texts = nodes.flat_map(|node| {
        let node = node.accesskit_node();
        let (author, placeholder) = (node.author_id().map(str::to_owned), node.placeholder().map(str::to_owned));
        [node.label(), node.value(), node.description(), author, placeholder]
    });
    texts.flatten().collect()
}

/// Whatever was copied in the next frames.
fn copied(window: &mut Harness<'_, App>) -> Vec<String> {
    let mut copied = Vec::new();
    for _ in 0..8 {
        window.step();
        let commands = window.output().platform_output.commands.iter();
        copied.extend(commands.filter_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        }));
    }
    copied
}

/// Walks through the whole window: screens, tabs, tables, palette, filters, proofs, slides. What stands in each place.
fn walk(path: &str) -> Vec<(String, Vec<String>)> {
    let mut window = opened(PathBuf::from(path));
    let mut seen = Vec::new();
    let mut see = |window: &Harness<'_, App>, place: String| seen.push((place, texts(window)));
    for screen in [
        "Overview",
        "Customers",
        "Coaching",
        "Networks",
        "Compare periods",
        "Explore",
        "What if",
        "References",
        "Plans",
        "Decisions",
        "Initiatives",
        "Contacts",
        "Data",
        "Glossary",
        "Settings",
        "About",
    ] {
        go(&mut window, screen);
        wait(&mut window, |app| !app.workbench().is_updating());
        if screen == "What if" {
            wait(&mut window, |app| app.workbench().what_if().is_some());
        }
        see(&window, screen.to_owned());
    }
    for screen in ["Customers", "Coaching", "Networks"] {
        go(&mut window, screen);
        for by in ATTRIBUTES {
            window.get_by_role_and_label(Role::ComboBox, "Group by").click();
            window.run_ok();
            see(&window, format!("{screen}, groups to choose"));
            window.get_by_role_and_label(Role::Button, by).click();
            window.run_ok();
            wait(&mut window, |app| !app.workbench().is_updating());
            see(&window, format!("{screen} by {by}"));
        }
        let charts = window.query_all_by_role_and_label(Role::Button, "Chart menu").count();
        for chart in 0..charts {
            window.get_all_by_role_and_label(Role::Button, "Chart menu").nth(chart).unwrap().click();
            window.run_ok();
            see(&window, format!("{screen}, menu {chart}"));
            let Some(item) = window.query_by_role_and_label(Role::MenuItem, "View as table") else {
                window.key_press(Key::Escape);
                window.run_ok();
                continue;
            };
            item.click();
            window.run_ok();
            see(&window, format!("{screen}, table {chart}"));
            let copy = window.query_all_by_role(Role::Button);
            let copy = copy.filter(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with("Copy")));
            for copy in copy.collect::<Vec<_>>() {
                copy.click();
            }
            let copies = copied(&mut window);
            for copy in copies {
                see(&window, format!("{screen}, copy of {chart}: {copy}"));
            }
        }
    }
    for (key, place) in [(Key::K, "commands"), (Key::F, "filters")] {
        window.key_press_modifiers(Modifiers::COMMAND, key);
        window.run_ok();
        see(&window, place.to_owned());
        if key == Key::K {
            window.event(egui::Event::Text("Quo".to_owned()));
            window.run_ok();
            let offered: Vec<_> = window.query_all_by_role(Role::ListBoxOption).collect();
            let offered = offered.iter().filter_map(|row| row.accesskit_node().label());
            assert_eq!(offered.filter(|label| label.contains(HIDDEN)).collect::<Vec<_>>(), Vec::<String>::new());
        }
        window.key_press(Key::Escape);
        window.run_ok();
        window.key_press(Key::Escape);
        window.run_ok();
    }
    go(&mut window, "Customers");
    window.key_press_modifiers(Modifiers::COMMAND, Key::I);
    window.run_ok();
    see(&window, "proof".to_owned());
    window.key_press(Key::Escape);
    window.run_ok();
    window.key_press(Key::D);
    window.run_ok();
    see(&window, "decision".to_owned());
    window.key_press(Key::Escape);
    window.run_ok();
    window.key_press(Key::F5);
    window.run_ok();
    for slide in 0..6 {
        see(&window, format!("slide {slide}"));
        window.key_press(Key::PageDown);
        window.run_ok();
    }
    seen
}

#[test]
fn no_place_of_the_window_names_who_is_hidden_or_changes_with_what_they_do() {
    let mut dice = Dice(7);
    let people = people(&mut dice);
    let files = [export(&people).keep(), export(&shuffled(&people, &mut dice)).keep()];
    let [one, other] = files.each_ref().map(|kept| walk(&kept.path));
    let is_of_the_file = |text: &String| files.iter().any(|kept| text.contains(kept.folder.path().to_str().unwrap()));
    assert_eq!(one.len(), other.len());
    for ((place, texts), (_, others)) in one.iter().zip(&other) {
        assert!(texts.len() > 5, "{place} has {} texts", texts.len());
        for word in [HIDDEN, PERSON] {
            let found = std::iter::once(place).chain(texts).find(|text| text.contains(word));
            assert_eq!(found, None, "{word} in {place}");
        }
        let kept =
            |texts: &[String]| -> Vec<String> { texts.iter().filter(|text| !is_of_the_file(text)).cloned().collect() };
        assert_eq!(kept(texts), kept(others), "{place}");
    }
}
