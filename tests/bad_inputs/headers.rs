//! What columns are called, and what identifiers and flags look like.

use customer_focus::dataset::Era;

use customer_focus::import::LeftOutReason;

use super::*;

/// The plain export with each header changed.
fn renamed(rename: impl Fn(&str) -> String) -> String {
    let header: Vec<String> = HEADER.iter().map(|header| rename(header)).collect();
    plain().replacen(&HEADER.join(","), &header.join(","), 1)
}

#[test]
fn case_spaces_marks_and_units_of_headers_do_not_matter() {
    // The header of an attribute is its name, so that it stays.
    let metric = |change: fn(&str) -> String| {
        renamed(|header| if header == "Organization" { header.to_owned() } else { change(header) })
    };
    for change in [
        (|header: &str| header.to_uppercase().replace('_', " ")) as fn(&str) -> String,
        |header| header.replace('_', "-"),
        |header| format!(" {} ", header.replace('_', "\u{a0}")),
        |header| format!("\u{202e}{}\u{202c}", header.replace('_', "\u{200b}_")),
        |header| header.replace("hours", "hours (h)").replace("1_1", "1:1"),
    ] {
        let changed = metric(change).replacen("(h)_with_manager_1:1", "with manager 1:1", 1).replacen("(h)-", "", 1);
        same_as_plain(changed);
    }
    same_as_plain(format!("#{}", plain()));
}

#[test]
fn names_of_both_products_are_known_and_tell_the_era() {
    let old = renamed(|header| {
        match header {
            "MetricDate" => "Date",
            "Collaboration_hours" => "Collaboration_hrs",
            "External_collaboration_hours" => "Collaboration_hours_external",
            "Network_outside_organization" => "Networking_outside_organization",
            other => other,
        }
        .to_owned()
    });
    assert_eq!(same_as_plain(old).sources[0].era, Era::Wpa);
}

#[test]
fn a_second_column_of_one_meaning_is_told_and_the_first_is_used() {
    let wider = |header: &str| {
        plain()
            .lines()
            .enumerate()
            .map(|(line, text)| format!("{text},{}\n", if line == 0 { header } else { "1" }))
            .collect::<String>()
    };
    assert_eq!(count(&same_as_plain(wider("External_collaboration_hours")), IssueKind::RepeatedColumn), 1);
    assert_eq!(count(&same_as_plain(wider("Collaboration_hours_external")), IssueKind::SecondColumn), 1);
    for header in ["Organization", " organization "] {
        assert_eq!(count(&same_as_plain(wider(header)), IssueKind::RepeatedColumn), 1, "{header}");
    }
    assert_eq!(count(&same_as_plain(wider("")), IssueKind::RepeatedColumn), 0);
}

#[test]
fn what_is_missing_is_named() {
    let without = |gone: &str| renamed(|header| if header == gone { "Nothing".to_owned() } else { header.to_owned() });
    refused(without("PersonId"), "Its header has no person; it has Nothing, MetricDate");
    refused(without("MetricDate"), "--column period=HEADER");
    refused("PersonId,MetricDate,ManagerId,Stunden\na,2024-03-03,b,1\n", "no hours");
    let no_header: String = plain().lines().skip(1).map(|line| format!("{line}\n")).collect();
    refused(no_header, "PersonId, MetricDate or Date");
    let without_external = without("External_collaboration_hours");
    assert_eq!(open(without_external).0.rows(), 24);
}

#[test]
fn the_order_of_columns_and_columns_that_nobody_needs_have_no_effect() {
    let turned: String =
        plain().lines().map(|line| line.split(',').rev().collect::<Vec<_>>().join(",") + "\n").collect();
    same_as_plain(turned);
    let wide: String = plain()
        .lines()
        .enumerate()
        .map(|(line, text)| {
            let more: Vec<String> =
                (0..600).map(|column| if line == 0 { format!("Metric {column}") } else { "0.5".to_owned() }).collect();
            format!("{text},{}\n", more.join(","))
        })
        .collect();
    same_as_plain(wide);
}

#[test]
fn identifiers_that_a_spreadsheet_has_rounded_are_refused() {
    let ids = |id: fn(usize) -> String| csv(&with("PersonId", move |old, _| id(old[1..].parse().unwrap())));
    refused(ids(|_| "1.23E+15".to_owned()), "rounded the person identifiers");
    refused(
        ids(|number| if number == 3 { "1.23457E+17".to_owned() } else { format!("1000000000{number}") }),
        "rounded",
    );
    refused(ids(|number| format!("12345678901234{number}000")), "fifteen digits");
    for id in [
        (|number: usize| format!("900719925474099300{number}")) as fn(usize) -> String,
        |number| format!("1{number}e5"),
        |number| format!("=\"p00{number}\""),
    ] {
        same_as_plain(ids(id));
    }
}

#[test]
fn identifiers_that_are_people_by_name_are_warned_of() {
    let ids = |id: fn(&str) -> String| open(csv(&with("PersonId", move |old, _| id(old)))).1;
    assert_eq!(count(&ids(|id| format!("{id}@contoso.com")), IssueKind::AddressAsPerson), 6);
    let named = ids(|id| format!("Smith {}nna", char::from(b'A' + id.as_bytes()[3] - b'0')));
    assert_eq!(count(&named, IssueKind::NameAsPerson), 6);
    assert_eq!(count(&open(plain()).1, IssueKind::NameAsPerson), 0);
}

#[test]
fn yes_and_no_are_known_in_the_languages_of_spreadsheets() {
    let flags = |yes: &'static str, no: &'static str| {
        csv(&with("IsActive", move |_, row| if row % 6 == 5 { no.to_owned() } else { yes.to_owned() }))
    };
    let expected = flags("TRUE", "FALSE");
    for (yes, no) in [
        ("Yes", "no"),
        ("1", "0"),
        ("Y", "N"),
        ("Ja", "Nein"),
        ("WAHR", "FALSCH"),
        ("VRAI", "FAUX"),
        ("\u{418}\u{421}\u{422}\u{418}\u{41d}\u{410}", "\u{41b}\u{41e}\u{416}\u{42c}"),
    ] {
        assert_eq!(same(flags(yes, no), expected.clone()).sources[0].inactive_rows, 4, "{yes}");
    }
    assert_eq!(count(&open(flags("perhaps", "never")).1, IssueKind::UnreadableFlag), 24);
}

#[test]
fn of_hundreds_of_columns_of_words_the_first_are_offered_and_the_program_does_not_hang() {
    let many = |columns: usize| {
        let header = (0..columns).map(|column| format!(",Extra {column}")).collect::<String>();
        let mut text = format!("{}{header}\n", HEADER.join(","));
        for (place, row) in rows().iter().enumerate() {
            let cells = (0..columns).map(|column| format!(",v{}", (place + column) % 3)).collect::<String>();
            text += &format!("{}{cells}\n", row.join(","));
        }
        // One that the program makes more of than groups stands last.
        text.replace("ManagerId", "Extra manager").replace("Organization", "Extra organization").replacen(
            &format!(",Extra {}", columns - 1),
            ",Organization",
            1,
        )
    };
    let (dataset, report) = open(many(500));
    // 64 columns of words, one of which is of the plain export, and the organization.
    assert_eq!(dataset.attributes().len(), 65);
    assert!(dataset.attribute("Organization").is_some() && dataset.attribute("Extra 62").is_some());
    assert!(dataset.attribute("Extra 63").is_none());
    let left_out = report.attributes_left_out.iter().filter(|out| out.reason == LeftOutReason::TooManyColumns);
    assert_eq!(left_out.count(), 436);
}

#[test]
fn a_number_in_a_header_does_not_make_it_data() {
    let refusal = refused(renamed(|header| format!("Feld {header} Nr. 101")), "it has Feld PersonId Nr. 101");
    assert_eq!(refusal.what.plain(), "This is no person query.");
    for person in ["09a7f7dd-1044-4b28-8039-40ceb4f046b1", "p0001", "anna@contoso.com"] {
        let text = plain().replace("p000", person).lines().skip(1).map(|line| format!("{line}\n")).collect::<String>();
        let said = refused(text, "Its first line looks like data");
        assert!(!said.why.plain().contains(person));
    }
}
