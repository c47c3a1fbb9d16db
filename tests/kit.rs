//! The UI kit as people see it and as screen readers do.
#![allow(clippy::unwrap_used)]

mod gallery;
pub(crate) mod renderer;
mod snapshot;

use customer_focus::ui::offscreen::render_ui;
use customer_focus::ui::theme::{self, Icon};
use customer_focus::ui::widgets::*;
use egui::accesskit::Role;
use egui::{Key, Theme, vec2};
use egui_kittest::{
    Harness,
    kittest::{AccessKitNode, NodeT as _, Queryable as _},
};

use renderer::KitRenderer;

fn harness<'a>(draw: impl FnMut(&mut egui::Ui) + 'a) -> Harness<'a> {
    let mut draw = draw;
    let mut installed = false;
    let mut harness = Harness::builder()
        .with_size([1000.0, 800.0])
        .with_theme(Theme::Light)
        .renderer(KitRenderer::default())
        .build_ui(move |ui| {
            if !installed {
                theme::install(ui.ctx());
                installed = true;
                return;
            }
            draw(ui);
        });
    harness.run();
    harness
}

#[test]
fn every_widget_looks_as_it_did() {
    let wanted = |page: &str, theme: Theme| match theme {
        Theme::Light => !matches!(page, "narrow" | "product" | "extremes"),
        Theme::Dark => matches!(page, "funnel" | "charts" | "controls" | "states" | "choices" | "periods"),
    };
    let mut differences = Vec::new();
    for (theme, name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        for (page, size, draw) in gallery::PAGES {
            if wanted(page, theme) {
                let picture = render_ui(vec2(size[0], size[1]), 1.0, theme, |ui| gallery::framed(ui, draw));
                differences.extend(snapshot::difference(&format!("kit-{page}-{name}"), &picture));
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn every_page_of_the_gallery_can_be_read_aloud() {
    // The harness itself fails for inputs without a name and for letters without a glyph.
    for (_, _, draw) in gallery::PAGES {
        let harness = harness(draw);
        for node in harness.root().children_recursive() {
            let node = node.accesskit_node();
            let must_speak = matches!(
                node.role(),
                Role::Button | Role::Link | Role::Tab | Role::Figure | Role::MenuItem | Role::ProgressIndicator
            );
            assert!(!must_speak || node.label().is_some_and(|label| !label.is_empty()), "{:?}", node.role());
        }
    }
}

#[test]
fn charts_say_their_values() {
    let harness = harness(|ui| {
        gallery::distribution().show(ui);
        gallery::trend().show(ui);
    });
    let figures: Vec<_> =
        harness.get_all_by_role(Role::Figure).map(|node| node.accesskit_node().label().unwrap_or_default()).collect();
    assert_eq!(
        figures[0],
        "Share of people by hours a week: 0 to 4 hours 38\u{a0}%, 4 to 8 hours 28\u{a0}%, 8 hours or more 34\u{a0}%, 29\u{a0}% a year ago"
    );
    assert_eq!(figures[1], "Share by week, 13 periods: All people 34\u{a0}% at the end, Goal of the plan: 40\u{a0}%");
}

#[test]
fn a_funnel_names_what_lies_beyond_and_can_be_read_group_by_group() {
    let mut harness = harness(|ui| {
        gallery::funnel_chart().show(ui);
    });
    let figure = harness.get_by_role(Role::Figure).accesskit_node().label().unwrap_or_default();
    assert_eq!(
        figure,
        "Groups by size, 6 groups, All 30\u{a0}%. Beyond the limits: Research and Development of Applied Sciences, Operations"
    );
    harness.key_press(Key::Tab);
    harness.run();
    harness.key_press(Key::ArrowRight);
    harness.run();
    assert!(harness.query_by_label("Sales").is_some() && harness.query_by_label("12 people").is_some());
}

#[test]
fn hovering_a_bar_shows_its_exact_values() {
    let mut harness = harness(|ui| {
        gallery::distribution().show(ui);
    });
    let chart = harness.get_by_role(Role::Figure).rect();
    harness.hover_at(chart.center());
    harness.run();
    assert!(harness.query_by_label("4 to 8 hours: 28\u{a0}%").is_some());
    assert!(harness.query_by_label("4,226 of 12,430 people").is_some());
}

#[test]
fn arrow_keys_read_a_chart_that_has_the_focus() {
    let mut harness = harness(|ui| {
        gallery::distribution().show(ui);
    });
    harness.key_press(Key::Tab);
    harness.run();
    harness.key_press(Key::ArrowRight);
    harness.run();
    harness.key_press(Key::ArrowRight);
    harness.run();
    assert!(harness.query_by_label("4 to 8 hours: 28\u{a0}%").is_some());
}

#[test]
fn a_chart_is_one_stop_of_the_tab_key() {
    let mut harness = harness(|ui| {
        gallery::distribution().show(ui);
        gallery::trend().show(ui);
    });
    let mut focused = Vec::new();
    for _ in 0..2 {
        harness.key_press(Key::Tab);
        harness.run();
        let nodes = harness.root().children_recursive();
        let stop = nodes.map(|node| node.accesskit_node()).find(AccessKitNode::is_focused).unwrap();
        focused.push((stop.role(), stop.label().unwrap_or_default()));
    }
    assert!(focused.iter().all(|(role, _)| *role == Role::Figure), "{focused:?}");
    assert!(focused[0].1.starts_with("Share of people by hours a week") && focused[1].1.starts_with("Share by week"));
    // What egui_plot allocates for itself has no node of its own.
    let nodes = harness.root().children_recursive().map(|node| node.accesskit_node().role());
    let other = nodes.filter(|role| !matches!(role, Role::Figure | Role::GenericContainer)).collect::<Vec<_>>();
    assert!(other.is_empty(), "{other:?}");
}

#[test]
fn dragging_and_scrolling_leave_a_chart_as_it_was() {
    let mut harness = harness(|ui| {
        gallery::trend().show(ui);
    });
    let before = harness.render().unwrap();
    let at = harness.get_by_role(Role::Figure).rect().center();
    for button in [egui::PointerButton::Primary, egui::PointerButton::Secondary] {
        for (position, pressed) in [(at, true), (at + vec2(80.0, 30.0), false)] {
            harness.hover_at(position);
            harness.event(egui::Event::PointerButton {
                pos: position,
                button,
                pressed,
                modifiers: egui::Modifiers::NONE,
            });
            harness.run();
        }
    }
    harness.event(egui::Event::Zoom(1.5));
    harness.remove_cursor();
    harness.run();
    harness.run();
    assert_eq!(harness.render().unwrap(), before);
}

#[test]
fn the_menu_of_a_chart_hands_back_what_was_asked() {
    let mut asked = None;
    {
        let mut harness = harness(|ui| {
            let frame = ChartFrame::new("A finding");
            asked = frame.show(ui, |_| {}).or(asked);
        });
        harness.get_by_label("Chart menu").click();
        harness.run();
        harness.get_by_label("Copy table").click();
        harness.run();
    }
    assert_eq!(asked, Some(ChartAction::CopyTable));
}

#[test]
fn buttons_tabs_and_rows_work_from_the_keyboard() {
    let mut pressed = 0;
    let mut open = 0;
    {
        let mut harness = harness(|ui| {
            pressed += usize::from(ui.add(Button::primary("Open").icon(Icon::FolderOpen)).clicked());
            tabs(ui, &["One", "Two"], &mut open);
        });
        for key in [Key::Tab, Key::Enter, Key::Tab, Key::Tab, Key::Space] {
            harness.key_press(key);
            harness.run();
        }
    }
    assert_eq!((pressed, open), (1, 1));
}

#[test]
fn a_long_list_draws_only_the_rows_in_sight() {
    let harness = harness(|ui| {
        GroupList::new("Groups", ["Group", "Compared", "People", "Affected"], gallery::group_rows(1_000))
            .rows_in_sight(10)
            .show(ui);
    });
    let rows = harness.get_all_by_role(Role::Button).count();
    assert!((10..=12).contains(&rows), "{rows} rows");
}

#[test]
fn widgets_fit_a_window_of_any_width_and_zoom() {
    for width in [80.0, 240.0, 560.0, 2_000.0] {
        for zoom in [0.8, 2.0] {
            for (_, _, draw) in gallery::PAGES {
                render_ui(vec2(width, 400.0), zoom, Theme::Light, draw);
            }
        }
    }
}
