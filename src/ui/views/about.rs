//! About: version, promise, how small groups are protected, where definitions come from, licenses.

use egui::{CollapsingHeader, Ui};

use super::{ViewState, page_head, reading_width};
use crate::dataset::Era;
use crate::guidance;
use crate::privacy::Rules;
use crate::ui::theme::{Icon, Scale, Text, Tokens, icon, space};
use crate::ui::widgets::{Button, Card, bullets, columns, prose};

const PROMISE: [&str; 3] = [
    "Everything stays on this computer: the program sends nothing anywhere and asks nothing of any server.",
    "There is no account, and nobody counts what you do.",
    "Exports are only read, never changed.",
];

const NAMES: &str = "Microsoft, Viva Insights and Workplace Analytics are names of Microsoft Corporation. Customer Focus \
    reads the exports of these products. It is independent of Microsoft, which neither made nor endorsed it.";

/// A work that is part of the program, and its license.
struct Work {
    name: &'static str,
    what: &'static str,
    license: &'static str,
    text: &'static str,
}

const WORKS: [Work; 7] = [
    Work { name: "Customer Focus", what: "this program", license: "MIT", text: include_str!("../../../LICENSE-MIT") },
    Work {
        name: "Customer Focus",
        what: "this program",
        license: "Apache-2.0",
        text: include_str!("../../../LICENSE-APACHE"),
    },
    Work {
        name: "Inter",
        what: "all text",
        license: "SIL Open Font License 1.1",
        text: include_str!("../../../assets/licenses/Inter-OFL-1.1.txt"),
    },
    Work {
        name: "Lucide",
        what: "the icons beside words",
        license: "ISC",
        text: include_str!("../../../assets/licenses/Lucide-ISC.txt"),
    },
    Work {
        name: "Ubuntu Light",
        what: "characters that Inter lacks",
        license: "Ubuntu Font License 1.0",
        text: include_str!("../../../assets/licenses/Ubuntu-Font-1.0.txt"),
    },
    Work {
        name: "Hack",
        what: "text of equal width",
        license: "MIT and Bitstream Vera",
        text: include_str!("../../../assets/licenses/Hack.txt"),
    },
    Work {
        name: "egui-icons",
        what: "a part of emoji-icon-font",
        license: "MIT",
        text: include_str!("../../../assets/licenses/emoji-icon-font-MIT.txt"),
    },
];

/// Draws the screen.
pub(super) fn show(ui: &mut Ui, state: &mut ViewState) {
    let scale = Scale::of(ui);
    reading_width(ui);
    page_head(ui, "Customer Focus", &format!("Version {}", env!("CARGO_PKG_VERSION")));
    columns(ui, [1.0, 1.0], |[left, right]| {
        titled(left, Icon::ShieldCheck, "What it promises", |ui| bullets(ui, &PROMISE));
        left.add_space(scale.space(space::GAP));
        titled(left, Icon::Keyboard, "Keys", |ui| {
            ui.add(Text::body("Everything can be reached with the keyboard. F1 shows the keys."));
            if ui.add(Button::secondary("Show the keys").icon(Icon::Keyboard).shortcut("F1")).clicked() {
                state.toggle_key_card();
            }
        });
        titled(right, Icon::Users, "How small groups are protected", protection);
        right.add_space(scale.space(space::GAP));
        titled(right, Icon::BookOpen, "Where the numbers come from", definitions);
    });
    ui.add_space(scale.space(space::GAP));
    titled(ui, Icon::Scale, "Licenses", licenses);
}

fn protection(ui: &mut Ui) {
    let [wpa, viva] = [Era::Wpa, Era::Viva].map(|era| Rules::default_of(era).minimum_group_size());
    let rule = format!(
        "Groups with fewer people than the minimum group size are hidden on every screen, and with them what would let \
         a reader subtract them within one list. The minimum is {wpa} people for a Workplace Analytics export and {viva} for a Viva \
         Insights one; it can be raised, and is never under {}.",
        Rules::FLOOR
    );
    prose(ui, &rule);
    let limits =
        "What no threshold can solve: knowledge from elsewhere, many reports over months, and very small companies.";
    prose(ui, limits);
}

fn titled(ui: &mut Ui, symbol: Icon, title: &str, contents: impl FnOnce(&mut Ui)) {
    let scale = Scale::of(ui);
    Card::new().show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.label(icon(symbol, scale.icon(), Tokens::of(ui).accent));
            ui.add(Text::section(title));
        });
        ui.add_space(scale.space(space::TIGHT));
        contents(ui);
    });
}

fn definitions(ui: &mut Ui) {
    prose(
        ui,
        "The insights follow Microsoft\u{2019}s pages \u{201c}Increase customer focus\u{201d} for Workplace Analytics and for Viva \
         Insights. Where the two disagree, the other reading stands beside the number; where they give none, the rule is \
         called ours. Each insight\u{2019}s definition is under Definition on its screen.",
    );
    let sources = guidance::sources();
    let title = Text::body(format!("{} sources", sources.len())).medium().rich(ui);
    CollapsingHeader::new(title).id_salt("sources").show_unindented(ui, |ui| {
        for source in sources {
            ui.add(Text::body(source.citation()).selectable());
            let note = source.note();
            if !note.is_empty() {
                ui.add(Text::caption(note).secondary().selectable());
            }
        }
    });
}

fn licenses(ui: &mut Ui) {
    prose(
        ui,
        "Customer Focus is free software under the MIT license or the Apache License 2.0, at your choice. It is written in \
         Rust; the crates in it allow use in any kind of program, most of them under the same two licenses.",
    );
    for work in &WORKS {
        let title = Text::body(format!("{} ({}): {}", work.name, work.what, work.license)).rich(ui);
        CollapsingHeader::new(title).id_salt((work.name, work.license)).show_unindented(ui, |ui| {
            ui.add(Text::caption(work.text).secondary().selectable());
        });
    }
    ui.add_space(Scale::of(ui).space(space::SMALL));
    ui.add(Text::caption(NAMES).secondary());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_font_and_icon_of_the_license_folder_is_named() {
        let third_party = include_str!("../../../assets/licenses/THIRD-PARTY.md");
        for work in WORKS.iter().skip(2) {
            assert!(third_party.contains(&format!("| {} |", work.name)), "{}", work.name);
            assert!(third_party.contains(work.license), "{}", work.license);
        }
        let listed = third_party.lines().filter(|line| line.starts_with("| ") && line.contains('`')).count();
        assert_eq!(listed, WORKS.len() - 2);
    }
}
