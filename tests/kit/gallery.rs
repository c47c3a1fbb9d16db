//! Every widget with plausible contents, on a few pages.

use customer_focus::ui::theme::{Icon, Scale, Text};
use customer_focus::ui::widgets::*;

use egui::{Margin, Ui};

/// A page of the gallery: its name, its size in points, and what draws it.
pub(super) type Page = (&'static str, [f32; 2], fn(&mut Ui));

pub(super) const PAGES: &[Page] = &[
    ("controls", [900.0, 780.0], controls),
    ("charts", [1100.0, 720.0], charts),
    ("states", [760.0, 640.0], states),
    ("groups", [1000.0, 700.0], groups),
    ("frames", [1000.0, 900.0], frames),
    ("narrow", [560.0, 900.0], narrow),
    ("product", [1080.0, 720.0], product),
    ("room", [640.0, 360.0], room),
    ("choices", [420.0, 500.0], choices),
    ("funnel", [900.0, 420.0], funnel),
    ("periods", [900.0, 560.0], two_windows),
    ("extremes", [1848.0, 1000.0], extremes),
];

/// Draws one page with the page margin round it.
pub(super) fn framed(ui: &mut Ui, draw: &fn(&mut Ui)) {
    egui::Frame::new().inner_margin(Margin::same(24)).show(ui, draw);
}

fn controls(ui: &mut Ui) {
    page_header(
        ui,
        "One in three people spends a day a week with customers",
        "12,430 people, 26 weeks, 6 January to 6 July 2025",
    );
    ui.horizontal(|ui| {
        ui.add(Button::primary("Open export…").icon(Icon::FolderOpen));
        ui.add(Button::secondary("Open the sample company").icon(Icon::Building2));
        ui.add(Button::quiet("See insight").icon(Icon::ArrowRight));
        ui.add(Button::quiet("More").icon(Icon::Ellipsis).icon_only());
        ui.add_enabled(false, Button::secondary("Share").icon(Icon::Share2).opens_menu());
    });
    ui.add_space(8.0);
    columns(ui, [1.0, 2.0], |[rail, rest]| {
        rail.spacing_mut().item_spacing.y = 2.0;
        rail.add(NavItem::new(Icon::LayoutDashboard, "Overview").shortcut("1"));
        rail.add(NavItem::new(Icon::Handshake, "Customers").selected(true).shortcut("2"));
        rail.add(NavItem::new(Icon::MessagesSquare, "Coaching").shortcut("3"));
        rail.add(NavItem::new(Icon::Network, "Networks").shortcut("4"));
        rail.add(NavItem::new(Icon::ClipboardList, "Plans").narrow(true));
        let mut open = 1;
        let words = ["Why it matters", "Best practices", "Change strategy", "Definition"];
        tabs(rest, &words, &mut open);
        rest.add_space(4.0);
        rest.add(Mark::new(MarkKind::Fit, "Fit for a decision"));
        rest.add(Mark::new(MarkKind::WithCare, "With care: 4 weeks are partial"));
        rest.add(Mark::new(MarkKind::NotFit, "Not fit: one week only"));
        rest.add(Mark::new(MarkKind::NotInFile, "Not in this file"));
        rest.add(Mark::new(MarkKind::Info, "Updated 6 July"));
        rest.horizontal(|ui| {
            ui.add(Mark::new(MarkKind::Above(Meaning::Better), "Above the rest").small());
            ui.add(Mark::new(MarkKind::Same, "About the same").small());
            ui.add(Mark::new(MarkKind::Below(Meaning::Worse), "Below the rest").small());
        });
    });
    ui.add_space(16.0);
    equal_cards_with_foot(ui, "cards", 3, |ui, index, part| {
        let names = ["Customer collaboration", "Manager coaching", "Internal networks"];
        if part == CardPart::Foot {
            ui.add_space(8.0);
            ui.add(Button::secondary(["See customers", "See coaching", "See networks"][index]));
            return;
        }
        ui.add(Text::section(names[index]));
        hero_number(
            ui,
            ["34\u{a0}%", "58\u{a0}%", "12"][index],
            [
                "of people spend 8 hours or more a week with customers",
                "of managers coach each direct report every two weeks",
                "people in a typical network, counted by the organizations to which they belong, within the company",
            ][index],
        );
        BandBar::new(names[index], bands()).show(ui);
    });
}

fn bands() -> Vec<Band> {
    [("0 to 4 hours", 0.38), ("4 to 8 hours", 0.28), ("8 hours or more", 0.34)]
        .map(|(name, share)| Band {
            name: name.to_owned(),
            share,
            value: format!("{:.0}\u{a0}%", share * 100.0),
            detail: String::new(),
        })
        .to_vec()
}

fn charts(ui: &mut Ui) {
    columns(ui, [1.0, 1.0], |[left, right]| {
        Card::new().show(left, |ui| {
            ui.add(Text::section("One in three spends a day a week with customers"));
            ui.add(Text::body("Share of people by hours a week").secondary());
            distribution().show(ui);
        });
        left.add_space(8.0);
        Card::new().show(left, |ui| {
            ui.add(Text::section("Since March the share has grown"));
            ui.add(Text::body("Share of people with 8 hours or more, by week").secondary());
            trend().show(ui);
        });
        Card::new().show(right, |ui| {
            ui.add(Text::section("A large bar"));
            BandBar::new("Time with customers", bands()).large().show(ui);
            ui.add_space(12.0);
            ui.add(Text::section("A compact bar"));
            BandBar::new("Time with customers", bands()).show(ui);
        });
        right.add_space(8.0);
        Card::new().show(right, |ui| {
            let mut open = 1;
            tabs(ui, &["Why it matters", "Best practices", "Change strategy", "Definition"], &mut open);
            ui.add(Text::section("Set goals for time with customers"));
            prose(ui, "Teams that agree on a weekly goal for customer time raise it more often than teams that only measure it. Agree on the goal per role, and look at it once a month.");
            bullets(ui, &["Ask each manager for one recurring meeting that can go.", "Move status updates to writing.", "Protect two half days a week for customers."]);
            source_line(ui, "Best practices for customer collaboration, 2023", Some("Little effort"));
            ui.add(Button::secondary("Add to plan").icon(Icon::Plus));
        });
    });
}

fn funnel(ui: &mut Ui) {
    Card::new().show(ui, |ui| {
        ui.add(Text::section("Two of six groups lie beyond what chance explains"));
        funnel_chart().show(ui);
    });
}

pub(super) fn funnel_chart() -> FunnelChart {
    let dots = [
        ("Sales", 12, 0.42, false, Meaning::Neutral),
        ("Finance", 28, 0.2, false, Meaning::Neutral),
        ("Research and Development of Applied Sciences", 60, 0.55, true, Meaning::Worse),
        ("Support", 90, 0.33, false, Meaning::Neutral),
        ("Operations", 180, 0.18, true, Meaning::Better),
        ("Legal", 30, 0.3, false, Meaning::Neutral),
    ]
    .map(|(name, people, share, beyond, meaning)| FunnelDot {
        name: name.to_owned(),
        people,
        share,
        beyond,
        meaning,
        detail: format!("{people} people"),
    });
    let sizes = funnel_sizes(dots.iter().map(|dot| dot.people));
    let limit = |label: &str, z: f64| FunnelLimit {
        label: label.to_owned(),
        at: sizes
            .iter()
            .map(|people| [*people, (0.3 - z * 0.46 / people.sqrt()).max(0.0), 0.3 + z * 0.46 / people.sqrt()])
            .collect(),
    };
    let limits = vec![limit("95\u{a0}%", 1.96), limit("99.8\u{a0}%", 3.09)];
    FunnelChart::new("Groups by size", "People in the group", dots.to_vec(), (0.3, "All 30\u{a0}%".to_owned()), limits)
}

pub(super) fn distribution() -> DistributionChart {
    let columns = [
        ("0 to 4 hours", 0.38, "38\u{a0}%"),
        ("4 to 8 hours", 0.28, "28\u{a0}%"),
        ("8 hours or more", 0.34, "34\u{a0}%"),
    ]
    .map(|(name, share, value)| BandColumn {
        name: name.to_owned(),
        share,
        value: value.to_owned(),
        detail: "4,226 of 12,430 people".to_owned(),
    });
    DistributionChart::new("Share of people by hours a week", columns.to_vec()).references(vec![Reference {
        kind: ReferenceKind::OwnRest,
        label: "29\u{a0}% a year ago".to_owned(),
        share: 0.29,
        band: Some(2),
    }])
}

pub(super) fn trend() -> TrendChart {
    let shares = [0.27, 0.28, 0.26, 0.29, 0.28, 0.30, 0.31, 0.0, 0.31, 0.32, 0.33, 0.335, 0.34];
    let points = shares
        .iter()
        .enumerate()
        .map(|(index, share)| TrendPoint {
            period: format!("{} {}", ["Mar", "Apr", "May", "Jun"][index / 4], 3 + (index % 4) * 7),
            share: (index != 7).then_some(*share),
            partial: index == 0 || index == 8,
            detail: format!("{:.1}\u{a0}% of 12,430 people", share * 100.0),
        })
        .collect();
    let series = TrendSeries { name: "All people".to_owned(), points, last_value: "34\u{a0}%".to_owned() };
    TrendChart::new("Share by week", vec![series]).references(vec![Reference {
        kind: ReferenceKind::Guideline,
        label: "Goal of the plan: 40\u{a0}%".to_owned(),
        share: 0.40,
        band: None,
    }])
}

fn states(ui: &mut Ui) {
    ProgressCard::new("Contoso-person-query.csv", "1.2 of about 3 million rows").fraction(0.4).show(ui);
    ui.add_space(16.0);
    Card::new().show(ui, |ui| {
        EmptyState::new(
            Icon::UserRoundX,
            "Here you will see how managers coach",
            "This export has no column for 1:1 time with the manager. Ask your analyst for it.",
        )
        .copy_text("Please add the metric \"Meeting hours with manager 1:1\" to the person query.")
        .action(Button::primary("Open another export…").icon(Icon::FolderOpen))
        .show(ui);
    });
}

fn room(ui: &mut Ui) {
    Scale::room(360.0).scope(ui, |ui| {
        page_header(
            ui,
            "One in three people spends a day a week with customers",
            "12,430 people, 26 weeks to 6 July 2025",
        );
        columns(ui, [1.0, 1.0], |[left, right]| {
            distribution().height(270.0).show(left);
            hero_number(right, "34\u{a0}%", "spend 8 hours or more a week with customers");
            BandBar::new("Time with customers", bands()).large().show(right);
        });
    });
}

pub(super) fn group_rows(count: usize) -> Vec<GroupRow> {
    let names = ["Sales, Europe North", "Customer success", "Field engineering and services for partners", "Product"];
    (0..count)
        .map(|index| {
            let share = 0.48 - 0.3 * index as f64 / count as f64;
            let half = 0.03 + 0.01 * (index % 4) as f64;
            let (verdict, word) = if share - half > 0.34 {
                (MarkKind::Above(Meaning::Better), "Above the rest")
            } else if share + half < 0.34 {
                (MarkKind::Below(Meaning::Worse), "Below the rest")
            } else {
                (MarkKind::Same, "About the same")
            };
            GroupRow {
                name: names[index % 4].to_owned(),
                share,
                interval: [share - half, share + half],
                value: format!("{:.0}\u{a0}%", share * 100.0),
                verdict,
                verdict_word: word.to_owned(),
                people: format!("{}", 1_240_usize.saturating_sub(30 * index)),
                affected: format!("{}", 640_usize.saturating_sub(15 * index)),
                detail: format!("{:.0}\u{a0}% of people, {word}", share * 100.0),
            }
        })
        .collect()
}

const HEADINGS: [&str; 4] = ["Group", "Compared", "People", "With 8 h or more"];

fn groups(ui: &mut Ui) {
    ChartFrame::new("Sales in Europe spends the most time with customers")
        .subtitle("Share of people with 8 hours or more a week, 95% intervals")
        .footer("Contoso-person-query.csv, 12,430 people, groups under 10 people hidden")
        .show(ui, |ui| {
            GroupList::new("Groups", HEADINGS, group_rows(4)).rule(0.34, "All people 34\u{a0}%").show(ui);
        });
    ui.add_space(8.0);
    Card::new().show(ui, |ui| {
        GroupList::new("Many groups", HEADINGS, group_rows(40))
            .rule(0.34, "All people 34\u{a0}%")
            .rows_in_sight(6)
            .show(ui);
    });
}

fn frames(ui: &mut Ui) {
    NoticeBanner::new(
        MarkKind::WithCare,
        "Two weeks of this export are incomplete.",
        "They hold fewer than half of the usual people.",
        "Leave them out, or read the trend with care.",
    )
    .action("Leave them out")
    .show(ui);
    ui.add_space(8.0);
    columns(ui, [1.0, 1.0], |[left, right]| {
        Card::new().show(left, |ui| {
            let columns = [("Group", false), ("People", true), ("Share", true)]
                .map(|(heading, figures)| TableColumn { heading: heading.to_owned(), figures })
                .to_vec();
            let rows = group_rows(40);
            DataTable::new("Groups", columns, rows.len())
                .max_height(300.0)
                .sorted_by(SortedBy { column: 2, descending: true })
                .show(ui, |row, column| {
                    let row = &rows[row];
                    [&row.name, &row.people, &row.value][column].clone()
                });
        });
        Card::new().show(right, |ui| {
            ui.add(Text::section("Keys"));
            key_card(
                ui,
                &[
                    ("Files", &[("Ctrl+O", "Open an export"), ("Ctrl+S", "Save the plan")]),
                    ("Screens", &[("1 to 9", "Go to a screen"), ("F5", "Present")]),
                ],
            );
        });
    });
    ui.add_space(8.0);
    Card::new().show(ui, |ui| {
        let mut on = true;
        form_row(ui, "Names of groups", "Groups with fewer people than this are hidden.", |ui| {
            select(ui, "size", &["5 people", "10 people"], &mut 1)
        });
        form_row(ui, "Reduced motion", "", |ui| ui.checkbox(&mut on, "Nothing moves by itself"));
        let mut name = "Contoso".to_owned();
        form_row(ui, "Company", "Stands on every page of a report.", |ui| ui.text_edit_singleline(&mut name));
        let mut hours = 8.0;
        form_row(ui, "Upper band from", "", |ui| slider(ui, &mut hours, 0.0..=20.0, 0.5, " h"));
        form_row(ui, "Theme", "", |ui| {
            let choices = [(true, "System"), (false, "Light"), (false, "Dark")];
            ui.horizontal(|ui| choices.map(|(on, word)| ui.radio(on, word)))
        });
    });
    toast(ui.ctx(), MarkKind::Fit, "Saved to Plans/spring.focus", Some("Undo"));
}

fn narrow(ui: &mut Ui) {
    Card::new().show(ui, |ui| {
        GroupList::new("Groups", HEADINGS, group_rows(4)).rule(0.34, "All people 34\u{a0}%").show(ui);
    });
    ui.add_space(8.0);
    Card::new().show(ui, |ui| distribution().show(ui));
    Card::new().show(ui, |ui| {
        let mut many = bands();
        many.push(Band {
            name: "A band with quite a long name that wraps".to_owned(),
            share: 0.02,
            value: "2\u{a0}%".to_owned(),
            detail: String::new(),
        });
        BandBar::new("Four", many).large().show(ui);
    });
    Card::new().show(ui, |ui| {
        columns(ui, [1.0, 1.0], |[left, _]| {
            BandBar::new("Small", bands()).large().show(left);
        });
    });
}

/// A trend over many weeks with two lines.
pub(super) fn weeks(count: usize) -> TrendChart {
    let series = [("Sales", 0.31), ("All others", 0.28)].map(|(name, level)| TrendSeries {
        name: name.to_owned(),
        points: (0..count)
            .map(|week| TrendPoint {
                period: format!("W{}", week + 1),
                share: Some(level + 0.03 * (week as f64 * 0.7).sin()),
                partial: week % 26 == 25,
                detail: "detail".to_owned(),
            })
            .collect(),
        last_value: format!("{:.0}\u{a0}%", level * 100.0),
    });
    TrendChart::new("By week", series.to_vec()).references(vec![
        Reference {
            kind: ReferenceKind::OwnRest,
            label: "Mean of the first half 30\u{a0}%".to_owned(),
            share: 0.3,
            band: None,
        },
        Reference { kind: ReferenceKind::Entered, label: "Peers 2024 35\u{a0}%".to_owned(), share: 0.35, band: None },
    ])
}

/// A screen as the product has it: finding, chart and trend at the left, guidance at the right.
fn product(ui: &mut Ui) {
    page(ui, "product", |ui| {
        page_header(
            ui,
            "One in three people spends a day a week with customers",
            "12,430 people, 26 weeks, 6 January to 6 July 2025",
        );
        columns(ui, [2.0, 1.0], |[left, right]| {
            left.spacing_mut().item_spacing.y = 16.0;
            ChartFrame::new("34\u{a0}% spend 8 hours or more a week with customers")
                .subtitle("Share of people by hours a week")
                .footer("Contoso-person-query.csv, 12,430 people")
                .show(left, |ui| {
                    distribution().height(220.0).show(ui);
                });
            ChartFrame::new("Since March the share has grown")
                .subtitle("Share of people with 8 hours or more, by week")
                .show(left, |ui| {
                    trend().show(ui);
                });
            Card::new().show(right, |ui| {
                let mut open = 1;
                tabs(ui, &["Why it matters", "Best practices", "Change strategy", "Definition"], &mut open);
                ui.add_space(8.0);
                for practice in ["Set goals for time with customers", "Free time for customers"] {
                    ui.add(Text::lead(practice).semi_bold());
                    prose(ui, "Teams that agree on a weekly goal for customer time raise it more often than teams that only measure it.");
                    source_line(ui, "Best practices, 2023", Some("Little effort"));
                    ui.add(Button::secondary("Add to plan").icon(Icon::Plus));
                    ui.add_space(8.0);
                }
            });
        });
    });
}

/// Charts where they have little room or much, few periods or many.
fn extremes(ui: &mut Ui) {
    columns(ui, [280.0, 280.0, 420.0, 820.0], |[first, second, third, fourth]| {
        distribution().show(first);
        trend().show(first);
        weeks(60).show(first);
        crowded().show(second);
        weeks(2).show(second);
        periods(1).show(second);
        rules().show(third);
        weeks(8).height(150.0).show(third);
        Scale::room(1080.0).scope(fourth, |ui| {
            rules().show(ui);
            weeks(26).show(ui);
        });
    });
    trend().show(ui);
}

/// A distribution whose references are of every kind, for the whole chart and for a band.
pub(super) fn rules() -> DistributionChart {
    let rule = |kind, label: &str, share, band| Reference { kind, label: label.to_owned(), share, band };
    distribution().references(vec![
        rule(ReferenceKind::Entered, "Peers 2024 31\u{a0}%", 0.31, Some(1)),
        rule(ReferenceKind::Guideline, "Goal 42\u{a0}%", 0.42, Some(2)),
        rule(ReferenceKind::OwnRest, "Rest 12\u{a0}%", 0.12, None),
        rule(ReferenceKind::Entered, "All companies 21\u{a0}%", 0.21, None),
    ])
}

/// Twelve bands, some empty, with long names.
fn crowded() -> DistributionChart {
    let columns = (0..12).map(|band| BandColumn {
        name: format!("{band} to {} hours a week", band + 1),
        share: [0.0, 1.0, 0.001][band % 3],
        value: format!("{}\u{a0}%", [0, 100, 0][band % 3]),
        detail: String::new(),
    });
    DistributionChart::new("Twelve bands", columns.collect())
}

/// A trend of so many periods with long words.
pub(super) fn periods(count: usize) -> TrendChart {
    let points = (0..count).map(|period| TrendPoint {
        period: format!("{} September 2025", period + 1),
        share: (period % 5 != 3).then_some(if period % 2 == 0 { 0.0 } else { 1.0 }),
        partial: period == 0,
        detail: "detail".to_owned(),
    });
    let series = TrendSeries { name: "All".to_owned(), points: points.collect(), last_value: "0\u{a0}%".to_owned() };
    TrendChart::new("Long words", vec![series])
}

fn choices(ui: &mut Ui) {
    ui.spacing_mut().item_spacing.y = 4.0;
    search_field(ui, &mut String::new(), "Search attributes and values");
    search_field(ui, &mut "sales".to_owned(), "Search again");
    fold_head(ui, "Organization", "2 of 31", true);
    ui.add(CheckRow::new("Sales", true).detail("224"));
    ui.add(CheckRow::new("Support", false).detail("186"));
    let long = "Engineering of embedded systems and firmware for industrial customers in Northern Europe";
    ui.add(CheckRow::new(long, false).detail("1,240"));
    let why = "This selection leaves out fewer than 10 people, who could be worked out by subtraction.";
    ui.add(CheckRow::new("Finance", false).detail("61").blocked("Leaves out under 10 people", why));
    ui.add(CheckRow::new("Leave out low activity", true).blocked("Leaves out under 10 people", why));
    fold_head(ui, "Region", "4", false);
    ui.add_space(8.0);
    removable_chip(ui, "Organization: Sales or Support");
    removable_chip(ui, &format!("Organization: {long}"));
}

/// Two windows on a timeline, before and now, and changes with a zone.
fn two_windows(ui: &mut Ui) {
    let period = |week: usize| StripPeriod {
        words: format!("Week {week}"),
        label: if week.is_multiple_of(4) { format!("W{week}") } else { String::new() },
        part: match week {
            2..=8 => StripPart::Earlier,
            12..=17 => StripPart::Later,
            _ => StripPart::Free,
        },
        is_out: week == 5,
        is_marked: week == 5,
    };
    PeriodStrip::new("Timeline", (0..20).map(period).collect()).show(ui);
    let row = |name: &str, before: f64, now: f64, half: f64, verdict: (MarkKind, &str)| DumbbellRow {
        name: name.to_owned(),
        before: Some(before),
        now,
        interval: [now - half, now + half],
        values: format!("{before:.1} to {now:.1} h"),
        change: format!("{:+.0}\u{a0}%", 100.0 * (now / before - 1.0)),
        verdict: verdict.0,
        verdict_word: verdict.1.to_owned(),
        detail: "detail".to_owned(),
    };
    let up = (MarkKind::Above(Meaning::Neutral), "up");
    let rows = vec![
        row("Sales", 4.1, 4.55, 0.16, up),
        row(
            "Customer Success and everyone who supports customers in Europe",
            6.2,
            6.25,
            0.1,
            (MarkKind::Same, "held steady"),
        ),
        row("Leaders", 5.0, 4.7, 0.9, (MarkKind::NotInFile, "cannot tell")),
    ];
    let changes = rows.iter().map(|row| DumbbellRow {
        before: None,
        now: 100.0 * (row.now / row.before.unwrap_or(1.0) - 1.0),
        interval: row.interval.map(|end| 100.0 * (end / row.before.unwrap_or(1.0) - 1.0)),
        ..row.clone()
    });
    let changes: Vec<DumbbellRow> = changes.collect();
    let headings = ["Cohort", "Before, now", "Change", "Verdict"];
    DumbbellChart::new("Before and now", headings, "h", rows).show(ui);
    DumbbellChart::new("Changes", headings, "%", changes).zone([-5.0, 5.0], "steady").show(ui);
}
