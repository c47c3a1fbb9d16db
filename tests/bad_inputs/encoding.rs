//! Bytes that are letters in one way or another.

use super::*;

/// The plain export with other names of the two organizations.
fn named(sales: &str, legal: &str) -> String {
    csv(&with("Organization", |name, _| if name == "Sales" { sales.to_owned() } else { legal.to_owned() }))
}

fn units<const N: usize>(text: &str, to_bytes: impl Fn(char) -> [u8; N]) -> Vec<u8> {
    text.chars().flat_map(to_bytes).collect()
}

#[test]
fn utf_8_utf_16_and_utf_32_give_the_same_with_a_mark_and_without() {
    let text = named("Z\u{fc}rich", "K\u{f6}ln");
    for mark in ["", "\u{feff}"] {
        let marked = format!("{mark}{text}");
        let dresses = [
            marked.clone().into_bytes(),
            units(&marked, |c| (c as u16).to_le_bytes()),
            units(&marked, |c| (c as u16).to_be_bytes()),
            units(&marked, |c| u32::from(c).to_le_bytes()),
            units(&marked, |c| u32::from(c).to_be_bytes()),
        ];
        for dress in dresses {
            same(dress, text.clone());
        }
    }
}

#[test]
fn older_encodings_are_told_by_their_letters_and_that_is_said() {
    for (label, sales, legal) in [
        ("windows-1252", "Z\u{fc}rich", "K\u{f6}ln"),
        ("shift_jis", "\u{55b6}\u{696d}\u{90e8}\u{6771}\u{4eac}", "\u{6cd5}\u{52d9}\u{90e8}\u{5927}\u{962a}"),
        ("gb18030", "\u{9500}\u{552e}\u{90e8}\u{95e8}\u{534e}\u{4e1c}", "\u{6cd5}\u{5f8b}\u{4e8b}\u{52a1}\u{90e8}"),
        (
            "koi8-r",
            "\u{41e}\u{442}\u{434}\u{435}\u{43b} \u{43f}\u{440}\u{43e}\u{434}\u{430}\u{436}",
            "\u{41f}\u{440}\u{430}\u{432}\u{43e}",
        ),
    ] {
        let text = named(sales, legal);
        let (bytes, _, _) = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(&text);
        let report = same(bytes.as_ref(), text.clone());
        assert_eq!(count(&report, IssueKind::GuessedEncoding), 1, "{label}");
        let chosen = ImportOptions { encoding: Some(label.to_owned()), ..options() };
        let (dataset, _) = open_with(&[super::bytes("export.csv", bytes.as_ref())], &chosen).unwrap();
        assert_eq!(numbers(&dataset), numbers(&open(text).0), "{label}");
    }
}

#[test]
fn one_broken_letter_among_many_is_counted_and_the_others_stay() {
    let text = named("Z\u{fc}rich", "K\u{f6}ln");
    let last = text.rfind('\u{f6}').unwrap();
    let broken = [&text.as_bytes()[..last], b"\xf6", &text.as_bytes()[last + 2..]].concat();
    let (dataset, report) = open(broken);
    assert_eq!((report.sources[0].encoding.as_str(), count(&report, IssueKind::UnreadableText)), ("utf-8", 1));
    assert_eq!(dataset.attributes()[0].values, ["K\u{f6}ln", "K\u{fffd}ln", "Z\u{fc}rich"]);
}

#[test]
fn identifiers_that_are_no_text_stay_apart() {
    let text = named("Z\u{fc}rich", "K\u{f6}ln").into_bytes();
    let swap = |text: Vec<u8>, from: &[u8], to: &[u8]| -> Vec<u8> {
        let mut out = Vec::new();
        let mut rest = text.as_slice();
        while let Some(at) = rest.windows(from.len()).position(|part| part == from) {
            out.extend_from_slice(&rest[..at]);
            out.extend_from_slice(to);
            rest = &rest[at + from.len()..];
        }
        [out.as_slice(), rest].concat()
    };
    let chosen = ImportOptions { encoding: Some("utf-8".to_owned()), ..options() };
    let text = swap(swap(text, b"p001", b"p\xff1"), b"p002", b"p\xfe1");
    let (dataset, report) = open_with(&[bytes("export.csv", text)], &chosen).unwrap();
    assert_eq!((dataset.people(), count(&report, IssueKind::UnreadableText)), (6, 8));
}

#[test]
fn zero_bytes_and_control_characters_are_told_and_never_shown() {
    let zeros = plain().replacen("Sales", "Sal\0es", 2);
    let (dataset, report) = open(zeros);
    assert_eq!(lines_of(&report, IssueKind::ZeroByte), [2, 4]);
    assert_eq!(dataset.attributes()[0].values[0], "(Not set)");
    let hours =
        csv(&with("Collaboration_hours", |hours, row| if row == 3 { format!("{hours}\0") } else { hours.to_owned() }));
    assert_eq!(lines_of(&open(hours).1, IssueKind::UnreadableNumber), [5]);
    let (dataset, report) = open(named("\u{1b}[31mSales\u{7}", "Legal"));
    assert_eq!(dataset.attributes()[0].values[1], "\u{241b}[31mSales\u{2407}");
    assert_eq!(count(&report, IssueKind::ControlCharacter), 12);
    let ids = csv(&with("PersonId", |id, _| if id == "p003" { "p\u{1b}3".to_owned() } else { id.to_owned() }));
    assert_eq!(open(ids).1.sources[0].rows_excluded[&RowReason::UnreadablePerson], 4);
}

#[test]
fn text_that_was_encoded_twice_is_warned_of() {
    let (_, report) = open(named("Z\u{c3}\u{bc}rich", "K\u{c3}\u{b6}ln"));
    assert_eq!(count(&report, IssueKind::EncodedTwice), 24);
    assert_eq!(count(&open(named("Z\u{fc}rich", "\u{c5}land")).1, IssueKind::EncodedTwice), 0);
}

#[test]
fn names_that_read_the_same_are_one_group_and_that_is_said() {
    let sales = |odd: &'static str| {
        csv(&with("Organization", move |name, row| if row % 4 == 0 { odd.to_owned() } else { name.to_owned() }))
    };
    for odd in ["Sal\u{200b}es", "\u{202d}Sales\u{202c}", "\u{a0}Sales\u{a0}", "Sales\u{feff}", "\u{3000}Sales "] {
        same_as_plain(sales(odd));
    }
    assert_eq!(count(&open(sales("Sal\u{200b}es")).1, IssueKind::HiddenCharacter), 6);
    let spaced = named("Key Accounts", "Legal");
    assert_eq!(count(&same(spaced.replacen("Key ", "Key\u{a0}", 3), spaced), IssueKind::HiddenCharacter), 3);
    let composed = named("Z\u{fc}rich", "Legal");
    assert_eq!(count(&same(composed.replacen("Z\u{fc}", "Zu\u{308}", 3), composed), IssueKind::JoinedLetters), 3);
    let ids = csv(&with("PersonId", |id, row| if row % 5 == 0 { format!("{id}\u{200b}") } else { id.to_owned() }));
    same_as_plain(ids);
}

#[test]
fn emoji_and_other_scripts_stay_as_they_are() {
    let names =
        ["\u{1f469}\u{200d}\u{1f4bb} Design", "\u{627}\u{644}\u{642}\u{627}\u{646}\u{648}\u{646}\u{64a}\u{629}"];
    let (dataset, report) = open(named(names[0], names[1]));
    assert_eq!(dataset.attributes()[0].values, [names[1], names[0]]);
    assert_eq!(report.sources[0].issues_total, 0);
}

#[test]
fn two_files_in_one_with_their_marks_and_headers_are_one() {
    let text = plain();
    let second = format!("\u{feff}{text}");
    let both = format!("\u{feff}{text}{second}");
    let report = same_as_plain(both);
    assert_eq!(report.sources[0].rows_excluded[&RowReason::RepeatedHeader], 1);
}

#[test]
fn an_unknown_encoding_is_refused_with_what_is_known() {
    let chosen = ImportOptions { encoding: Some("klingon".to_owned()), ..options() };
    assert!(refusal_of(&[bytes("export.csv", plain())], &chosen).what.plain().contains("klingon"));
}
