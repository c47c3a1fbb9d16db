//! Files, folders and the system: what is there, what is not, and what changes meanwhile.

use std::time::{Duration, Instant};

use super::*;

#[test]
fn an_empty_file_says_so_whatever_it_is_empty_of() {
    for text in ["", "\n\n\r\n\n", "  \n\t\n \n", ",,,\n,,,\n", "\u{feff}", "\""] {
        refused(text, "The file is empty.");
    }
    refused(csv(&[]), "nothing below the header");
    refused([0xff, 0xfe], "The file is empty.");
}

#[test]
fn one_row_opens() {
    let (dataset, _) = open(csv(&rows()[..1]));
    assert_eq!((dataset.people(), dataset.rows()), (1, 1));
}

#[test]
fn a_file_cut_within_a_row_is_read_up_to_there_and_says_where() {
    let text = plain();
    let (dataset, report) = open(&text[..text.len() - 12]);
    assert_eq!((dataset.rows(), lines_of(&report, IssueKind::CutFile)), (23, vec![25]));
}

#[test]
fn a_folder_gives_its_exports_and_lists_what_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    let here = [Source::Path(folder.path().to_owned())];
    write("notes.md", b"not looked at");
    assert!(refusal_of(&here, &options()).what.plain().contains("folder holds no export"));
    write("a.csv", plain().as_bytes());
    write("b.csv", b"hello,world\n1,2\n");
    write("c.csv", b"");
    write("d.txt", b"%PDF-1.7");
    write("e.zip", b"PK\x03\x04 cut");
    write("~$a.xlsx", b"the lock of a spreadsheet");
    let (dataset, report) = open_with(&here, &options()).unwrap();
    assert_eq!(dataset.rows(), 24);
    let mut left_out: Vec<&str> = report.skipped.iter().map(|file| file.name.as_str()).collect();
    left_out.sort_unstable();
    assert_eq!(left_out, ["b.csv", "c.csv", "d.txt", "e.zip"]);
}

#[test]
fn the_same_file_twice_counts_once_and_is_said() {
    let (dataset, report) = open_with(&[bytes("a.csv", plain()), bytes("b.csv", plain())], &options()).unwrap();
    assert_eq!((dataset.rows(), report.sources.len()), (24, 1));
    assert!(report.skipped[0].sentence.plain().contains("same text as a.csv"), "{:?}", report.skipped);
}

#[test]
fn a_file_is_only_read_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in [("a.csv", plain().into_bytes()), ("b.zip", zipped(&[("q.csv", plain().as_bytes())]))] {
        let path = folder.path().join(name);
        std::fs::write(&path, &content).unwrap();
        let mut permissions = std::fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        std::fs::set_permissions(&path, permissions).unwrap();
        let before = std::fs::metadata(&path).unwrap().modified().unwrap();
        open_with(&[Source::Path(path.clone())], &options()).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), content);
        assert_eq!(std::fs::metadata(&path).unwrap().modified().unwrap(), before);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), if name == "a.csv" { 1 } else { 2 });
    }
}

#[test]
fn names_of_files_cannot_steer_a_terminal() {
    let refusal = refusal_of(&[Source::Path("/nowhere/a\u{1b}[31m\u{202e}.csv".into())], &options());
    assert_eq!(refusal.place.name, "a\u{241b}[31m\u{fffd}.csv");
}

#[cfg(unix)]
#[test]
fn links_pipes_devices_and_odd_names_are_told_apart() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("a.csv"), plain()).unwrap();
    let open = |path: &std::path::Path| open_with(&[Source::Path(path.to_owned())], &options());
    std::os::unix::fs::symlink(path("a.csv"), path("link.csv")).unwrap();
    assert_eq!(open(&path("link.csv")).unwrap().0.rows(), 24);
    for target in ["loop.csv", "gone.csv"] {
        let link = path("loop.csv");
        let _ = std::fs::remove_file(&link);
        std::os::unix::fs::symlink(path(target), &link).unwrap();
        let refusal = refusal_of(&[Source::Path(link)], &options());
        assert!(refusal.what.plain().contains("leads to no file"), "{refusal:?}");
    }
    let _listener = std::os::unix::net::UnixListener::bind(path("socket.csv")).unwrap();
    for odd in [path("socket.csv"), "/dev/zero".into(), "/dev/null".into()] {
        assert!(refusal_of(&[Source::Path(odd)], &options()).what.plain().contains("no regular file"));
    }
    let odd_name = folder.path().join(std::ffi::OsStr::from_bytes(b"odd \xff name. "));
    std::fs::write(&odd_name, plain()).unwrap();
    assert_eq!(open(&odd_name).unwrap().1.sources[0].path.as_deref(), Some(odd_name.as_path()));
}

/// The plain export with its rows many times over.
fn long(times: usize) -> String {
    plain() + &plain().lines().skip(1).map(|line| format!("{line}\n")).collect::<String>().repeat(times)
}

/// Imports while something happens as soon as the first rows are read.
fn meanwhile(source: Source, happens: impl FnOnce(&Cancel) + Send) -> Result<(), ImportError> {
    let (progress, cancel) = (Progress::default(), Cancel::default());
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while progress.rows() == 0 {
                std::thread::yield_now();
            }
            happens(&cancel);
        });
        let one_thread = ImportOptions { threads: Some(1), ..options() };
        import(&[source], &one_thread, &progress, &cancel).map(|_| ())
    })
}

#[test]
fn a_file_that_changes_or_goes_while_it_is_read_is_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    for goes in [false, true] {
        std::fs::write(&path, long(5_000)).unwrap();
        let outcome = meanwhile(Source::Path(path.clone()), |_| {
            if goes {
                std::fs::remove_file(&path).unwrap();
            } else {
                std::fs::write(&path, "PersonId\n").unwrap();
            }
        });
        let Err(ImportError::Refused(refusal)) = outcome else { panic!("not refused: {outcome:?}") };
        assert_eq!(refusal.what.plain(), "The file changed while it was read.");
    }
}

#[test]
fn reading_stops_soon_after_it_is_canceled() {
    let mut canceled = None;
    let outcome = meanwhile(bytes("long.csv", long(5_000)), |cancel| {
        cancel.cancel();
        canceled = Some(Instant::now());
    });
    assert_eq!(outcome, Err(ImportError::Cancelled));
    assert!(canceled.is_some_and(|canceled| canceled.elapsed() < Duration::from_secs(2)));
}

#[test]
fn a_header_or_a_row_beyond_the_limits_is_refused_with_its_size() {
    let columns = |count: usize| {
        let header: Vec<String> = (0..count).map(|column| format!("c{column}")).collect();
        format!("{}\n{}\n", header.join(","), vec!["1"; count].join(","))
    };
    refused(columns(20_000), "20000 columns");
    refused(columns(1_000_000), "1000000 columns");
    let endless = format!("PersonId,MetricDate,\"{}", "x".repeat(17 << 20));
    assert_eq!(refused(endless, "first line is longer than 16 MB").place.line, 1);
    for quote in ["", "\""] {
        let field = format!("{}p9,2024-03-03,{quote}{}{quote}\n", plain(), "x".repeat(9 << 20));
        assert_eq!(refused(field, "longer than 4 MB").place.line, 26);
    }
}
