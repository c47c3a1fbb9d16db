//! Files that nobody thought of: the odd ones of these tests, changed at random. Nothing may panic, hang or lose a row.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

/// What is changed: whole files in odd dialects.
fn corpus() -> Vec<Vec<u8>> {
    let text = plain();
    let utf_16 = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf_32 = text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
    vec![
        text.clone().into(),
        utf_16,
        utf_32,
        text.replace(',', ";").replace('.', ",").into(),
        text.replace(',', "','").replace('\n', "'\n'").into(),
        text.replace("Sales", "\"Key, \"\"A\"\"\nAccounts\"").into(),
        text.replace("Sales", "\"The \"Best\" Bank\"").into(),
        format!("sep=,\r\n{}\n\nA,B\nx,y\n", text.replace('\n', "\r\n")).into(),
        csv(&with("MetricDate", |_, row| (45_354 + row * 7).to_string())).into(),
        csv(&with_hours(|hours| format!("{hours}h"))).into(),
        zipped(&[("a.csv", text.as_bytes()), ("b.txt", b"notes")]),
        gzipped(text.as_bytes()),
    ]
}

/// One change of a file.
#[derive(Clone, Debug)]
enum Change {
    Replace(usize, u8),
    Insert(usize, Vec<u8>),
    Remove(usize, usize),
    Repeat(usize, usize),
    Cut(usize),
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let place = |at: usize, bytes: &[u8]| at % (bytes.len() + 1);
        match self {
            Self::Replace(at, byte) => {
                let at = place(*at, bytes);
                if let Some(old) = bytes.get_mut(at) {
                    *old = *byte;
                }
            }
            Self::Insert(at, more) => {
                let at = place(*at, bytes);
                bytes.splice(at..at, more.iter().copied());
            }
            Self::Remove(at, length) => {
                let at = place(*at, bytes);
                bytes.drain(at..(at + length).min(bytes.len()));
            }
            Self::Repeat(at, length) => {
                let at = place(*at, bytes);
                let piece = bytes[at..(at + length).min(bytes.len())].to_vec();
                bytes.splice(at..at, piece);
            }
            Self::Cut(at) => bytes.truncate(place(*at, bytes)),
        }
    }
}

fn change() -> impl Strategy<Value = Change> {
    let at = 0..usize::MAX;
    let odd = prop::sample::select(vec![
        "\"",
        "'",
        ",",
        ";",
        "\n",
        "\r",
        "\n\n",
        "\0",
        "\u{feff}",
        "\u{200b}",
        "-",
        "1e309",
        "#N/A",
        "Total,",
        "=",
        "\\",
        "\t",
        " ",
        "2024-02-30",
        "99999",
        "\u{fc}",
        "\u{1b}",
        "E+",
        "%",
        ":",
    ]);
    prop_oneof![
        3 => (at.clone(), any::<u8>()).prop_map(|(at, byte)| Change::Replace(at, byte)),
        3 => (at.clone(), odd).prop_map(|(at, text)| Change::Insert(at, text.as_bytes().to_vec())),
        1 => (at.clone(), prop::collection::vec(any::<u8>(), 1..20)).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        2 => (at.clone(), 1_usize..80).prop_map(|(at, length)| Change::Remove(at, length)),
        1 => (at.clone(), 1_usize..400).prop_map(|(at, length)| Change::Repeat(at, length)),
        1 => at.prop_map(Change::Cut),
    ]
}

/// Reads a file and holds what has to be true of every answer.
fn hold(file: &[u8], threads: usize) -> String {
    let started = Instant::now();
    let options = ImportOptions { threads: Some(threads), ..options() };
    let told = match open_with(&[bytes("export.csv", file)], &options) {
        Ok((dataset, report)) => format!("{}{report:?}", numbers(&dataset)),
        Err(ImportError::Refused(refusal)) => {
            let words: usize = [refusal.what.plain(), refusal.why.plain(), refusal.what_to_do.clone()]
                .iter()
                .map(|part| part.split_whitespace().count())
                .sum();
            // Headers that are quoted in a sentence can hold anything.
            assert!(words <= 60, "{refusal:?}");
            format!("{refusal:?}")
        }
        Err(error) => format!("{error:?}"),
    };
    assert!(started.elapsed() < Duration::from_secs(20), "{file:?}");
    told
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn changed_files_never_panic_hang_or_lose_a_row(which in 0_usize..12, changes in prop::collection::vec(change(), 1..6)) {
        let mut file = corpus().swap_remove(which);
        changes.iter().for_each(|change| change.apply(&mut file));
        prop_assert_eq!(hold(&file, 1), hold(&file, 3));
    }

    #[test]
    fn changed_workbooks_never_hang_or_lose_a_row(which in 0_usize..6, changes in prop::collection::vec(change(), 1..4)) {
        let mut entries: Vec<(String, Vec<u8>)> = containers::entries_of_workbook(&[("Sheet1", containers::headed(rows()))])
            .into_iter()
            .map(|(name, text)| (name, text.into_bytes()))
            .collect();
        let which = which % entries.len();
        changes.iter().for_each(|change| change.apply(&mut entries[which].1));
        let entries: Vec<(&str, &[u8])> = entries.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        hold(&zipped(&entries), 1);
    }

    #[test]
    fn any_bytes_are_read_or_refused(file in prop::collection::vec(any::<u8>(), 0..600)) {
        hold(&file, 1);
    }
}

/// The same for as long as `CUSTOMER_FOCUS_FUZZ_SECONDS` says, a minute without.
#[test]
#[ignore = "runs for minutes; for changes of the reader"]
fn changed_files_for_a_long_time() {
    let seconds = std::env::var("CUSTOMER_FOCUS_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(60);
    let end = Instant::now() + Duration::from_secs(seconds);
    let corpus = corpus();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: u32::MAX,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let cases = (0..corpus.len(), prop::collection::vec(change(), 1..12));
    let outcome = runner.run(&cases, |(which, changes)| {
        if Instant::now() < end {
            let mut file = corpus[which].clone();
            changes.iter().for_each(|change| change.apply(&mut file));
            prop_assert_eq!(hold(&file, 1), hold(&file, 2));
            return Ok(());
        }
        Err(TestCaseError::reject("the time is over"))
    });
    match outcome {
        Ok(()) | Err(proptest::test_runner::TestError::Abort(_)) => {}
        Err(error) => panic!("{error}"),
    }
}
