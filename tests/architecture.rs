//! The house keeps to its map: which room uses which, and what belongs only in one place.
//!
//! The table "Who may use whom" of the crate documentation is read and checked as it stands there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::source::{self, SourceFile};

/// Longest file, in lines with its tests. A longer one is two subjects.
const LONGEST_FILE: usize = 600;

/// `unwrap` and `expect` outside tests, each with its reason.
const UNWRAPS: [(&str, usize, &str); 1] =
    [("guidance/mod.rs", 1, "the texts are compiled in; a test reads every one of them")];

/// Crates that talk to other computers.
const NETWORK: [&str; 22] = [
    "async-std",
    "attohttpc",
    "awc",
    "curl",
    "h2",
    "hickory-resolver",
    "http",
    "hyper",
    "isahc",
    "native-tls",
    "openssl",
    "quinn",
    "reqwest",
    "rustls",
    "sentry",
    "socket2",
    "surf",
    "tokio",
    "tonic",
    "tungstenite",
    "ureq",
    "websocket",
];

/// Reads the program and panics with everything that is wrong, or does nothing.
fn require(problems: &[String], rule: &str) {
    assert!(problems.is_empty(), "{rule}\n  {}\n", problems.join("\n  "));
}

/// Problems of one kind over all files.
fn problems(of: impl Fn(&SourceFile) -> Vec<String>) -> Vec<String> {
    source::all().iter().flat_map(of).collect()
}

/// Lines of code (no comments, no tests) that hold any of these words.
fn lines_with(file: &SourceFile, words: &[&str]) -> Vec<String> {
    let has = |line: &&(usize, String)| words.iter().any(|word| holds_word(&line.1, word));
    file.code.iter().filter(has).map(|(number, line)| format!("src/{}:{number}: {}", file.path, line.trim())).collect()
}

/// Whether a line holds a word that is no part of a longer name.
fn holds_word(line: &str, word: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word)
        .any(|(start, _)| !line[..start].ends_with(is_name) && !line[start + word.len()..].starts_with(is_name))
}

// ------------------------------------------------------------------------------------------- who uses whom

/// What one room may use of another.
#[derive(Debug, PartialEq)]
enum Use {
    Anything,
    Types,
    Only(BTreeSet<String>),
}

impl Use {
    fn allows(&self, item: &str) -> bool {
        match self {
            Self::Anything => true,
            Self::Types => item.starts_with(char::is_uppercase),
            Self::Only(items) => items.contains(item),
        }
    }
}

/// The table of the crate documentation: by room what it may use; `None` for everything.
fn map() -> BTreeMap<String, Option<BTreeMap<String, Use>>> {
    let text = std::fs::read_to_string(source::root().join("lib.rs")).unwrap();
    let section = text.split("# Who may use whom").nth(1).unwrap().split("//! # ").next().unwrap();
    let rows = section.lines().filter_map(|line| line.strip_prefix("//! | [`"));
    let rooms = rows.map(|row| {
        let (room, may_use) = row.split_once("`] | ").unwrap();
        let may_use = may_use.trim_end_matches(" |");
        let uses = match may_use {
            "everything" => None,
            "nothing of ours" => Some(BTreeMap::new()),
            // "[`a`], [`b`] (only `C`, `D`)": every entry begins with "[`".
            entries => Some(entries.split("[`").skip(1).map(entry).collect()),
        };
        (room.to_owned(), uses)
    });
    rooms.collect()
}

fn entry(text: &str) -> (String, Use) {
    let (room, only) = text.split_once("`]").unwrap();
    let only = only.trim_end_matches([',', ' ']);
    let use_of = match only {
        "" => Use::Anything,
        " (only types)" => Use::Types,
        only => Use::Only(only.split('`').skip(1).step_by(2).map(str::to_owned).collect()),
    };
    (room.to_owned(), use_of)
}

#[test]
fn the_map_names_every_room_and_no_other() {
    let rooms: BTreeSet<String> = source::all().iter().filter_map(|file| file.room.clone()).collect();
    let on_map: BTreeSet<String> = map().into_keys().collect();
    assert_eq!(rooms, on_map, "the table \"Who may use whom\" in src/lib.rs needs one row a room");
    for (room, uses) in map() {
        for used in uses.into_iter().flatten().map(|(used, _)| used) {
            assert!(on_map.contains(&used), "the row of {room} names {used}, which is no room");
        }
    }
}

#[test]
fn a_room_uses_only_what_the_map_lets_it_use() {
    let map = map();
    let found = problems(|file| {
        let Some(room) = &file.room else { return Vec::new() };
        let Some(Some(allowed)) = map.get(room) else { return Vec::new() };
        let foreign = file.uses.iter().filter(|used| used.room != *room);
        let wrong = foreign.filter_map(|used| {
            let place = format!("src/{}: {}::{}", file.path, used.room, used.item);
            match allowed.get(&used.room) {
                None => Some(format!("{place}: {room} may not use {}", used.room)),
                Some(of) if !of.allows(&used.item) => {
                    Some(format!("{place}: {room} may use {} of {} only", words(of), used.room))
                }
                Some(_) => None,
            }
        });
        wrong.collect()
    });
    require(
        &found,
        "These lines stand in the wrong room. Move each to a room that may know both (src/lib.rs, \"Where does a line \
         belong?\"), or change the table there and say why in the commit:",
    );
}

fn words(of: &Use) -> String {
    match of {
        Use::Anything => "anything".to_owned(),
        Use::Types => "types".to_owned(),
        Use::Only(items) => items.iter().cloned().collect::<Vec<_>>().join(", "),
    }
}

#[test]
fn every_file_is_declared_by_a_mod() {
    let mut declared: BTreeSet<PathBuf> = ["lib.rs", "main.rs"].iter().map(|root| source::root().join(root)).collect();
    for file in source::all() {
        let path = source::root().join(&file.path);
        let folder = match path.file_stem().unwrap().to_str().unwrap() {
            "mod" | "lib" | "main" => path.parent().unwrap().to_path_buf(),
            _ => path.with_extension(""),
        };
        for name in &file.mods {
            declared.insert(folder.join(format!("{name}.rs")));
            declared.insert(folder.join(name).join("mod.rs"));
        }
    }
    let found = problems(|file| {
        let path = source::root().join(&file.path);
        if declared.contains(&path) { Vec::new() } else { vec![format!("src/{}", file.path)] }
    });
    require(&found, "No `mod` declares these files, so nobody compiles or tests them. Declare or delete them:");
}

// ------------------------------------------------------------------------------- what belongs in one place

#[test]
fn egui_lives_under_ui_and_nowhere_else() {
    let found = problems(|file| {
        if file.path.starts_with("ui/") {
            return Vec::new();
        }
        lines_with(
            file,
            &["egui", "eframe", "egui_extras", "egui_plot", "epaint", "emath", "accesskit", "lucide_icons"],
        )
    });
    require(&found, "Only rooms under src/ui know a screen. Drawing belongs in ui/widgets or ui/views:");
}

#[test]
fn dialogs_and_blocking_waits_are_in_one_file() {
    let found = problems(|file| {
        if file.path == "ui/app/dialogs.rs" { Vec::new() } else { lines_with(file, &["rfd", "pollster", "block_on"]) }
    });
    require(&found, "A file dialog belongs in ui/app/dialogs.rs, where it runs beside the window:");
}

#[test]
fn only_the_room_of_long_work_starts_threads() {
    let found = problems(|file| {
        if file.room.as_deref() == Some("work") {
            Vec::new()
        } else {
            lines_with(file, &["thread::spawn", "thread::scope", "thread::Builder", "thread::sleep", "std::thread"])
        }
    });
    require(&found, "A thread belongs in src/work: give the job to a Task or to fan_out:");
}

#[test]
fn the_window_never_sleeps_and_views_touch_no_files() {
    let found = problems(|file| match file.room.as_deref() {
        Some("ui::views" | "ui::widgets" | "ui::theme") => lines_with(
            file,
            &["std::fs", "fs::read", "File::open", "std::env", "std::process", "Instant::now", "SystemTime"],
        ),
        _ => Vec::new(),
    });
    require(
        &found,
        "Views look and send commands. Files, the clock and the environment belong in ui/app or workbench:",
    );
}

#[test]
fn insights_know_no_clock_file_or_environment() {
    let pure = ["stats", "dataset", "insights", "privacy", "quality", "guidance"];
    let found = problems(|file| match file.room.as_deref() {
        Some(room) if pure.contains(&room) => lines_with(
            file,
            &["std::fs", "std::env", "std::time", "SystemTime", "Instant", "Local", "Utc", "std::process", "File"],
        ),
        _ => Vec::new(),
    });
    require(
        &found,
        "The same selection and settings give the same number for ever. The clock belongs in workbench, files in import:",
    );
}

#[test]
fn colors_are_made_in_the_theme_only() {
    let found = problems(|file| {
        if file.room.as_deref() == Some("ui::theme") {
            return Vec::new();
        }
        lines_with(
            file,
            &[
                "Color32::from_rgb",
                "hex_color!",
                "Color32::from_hex",
                "Color32::from_gray",
                "Rgba::from_rgb",
                "from_rgba_unmultiplied",
            ],
        )
    });
    require(&found, "A color is a token. Name it in ui/theme/tokens.rs and use the token:");
}

#[test]
fn how_sure_a_number_is_is_said_in_one_place() {
    let found = problems(|file| {
        if file.path == "workbench/wording/uncertainty.rs" || file.path == "text/mod.rs" {
            return Vec::new();
        }
        lines_with(file, &["about_one_in", "percent_number", "\"likely", "cannot tell", "no clear difference"])
    });
    require(&found, "Words of uncertainty are those of workbench::wording, so that they are the same everywhere:");
}

#[test]
fn standard_output_belongs_to_the_command_line() {
    let found = problems(|file| {
        if file.room.as_deref() == Some("cli") {
            Vec::new()
        } else {
            lines_with(file, &["stdout", "println!", "print!", "eprintln!", "dbg!"])
        }
    });
    require(&found, "Only src/cli prints; what a window has to say is a Notice of the workbench:");
}

#[test]
fn an_insight_spells_no_header() {
    // Headers of exports have underscores and capitals; canonical names are those of dataset::Metric.
    let found = problems(|file| {
        if file.room.as_deref() != Some("insights") {
            return Vec::new();
        }
        lines_with(file, &["Collaboration_hours", "PersonId", "MetricDate", "IsActive", "ManagerId", "Layer"])
    });
    require(&found, "How a column is called belongs in assets/columns.toml, read by src/import:");
}

// --------------------------------------------------------------------------------------- size and soundness

#[test]
fn no_file_is_too_long() {
    let found = problems(|file| {
        let is_long = file.lines > LONGEST_FILE;
        is_long.then(|| format!("src/{}: {} lines", file.path, file.lines)).into_iter().collect()
    });
    require(&found, "A file over 600 lines holds two subjects. Split it:");
}

#[test]
fn main_only_chooses_between_a_command_and_the_window() {
    let main = source::all().iter().find(|file| file.path == "main.rs").unwrap();
    assert!(main.lines < 60, "src/main.rs has {} lines: what is more belongs in src/cli or src/ui/app", main.lines);
}

#[test]
fn nothing_is_unwrapped_outside_tests_without_a_reason() {
    let found = problems(|file| {
        let lines: Vec<String> = file
            .code
            .iter()
            .filter(|(_, line)| line.contains(".unwrap()") || line.contains(".expect("))
            .map(|(number, line)| format!("src/{}:{number}: {}", file.path, line.trim()))
            .collect();
        let known = UNWRAPS.iter().find(|(path, _, _)| *path == file.path).map_or(0, |(_, count, _)| *count);
        if lines.len() == known { Vec::new() } else { lines }
    });
    require(
        &found,
        "What came from a file is never unwrapped. Set it aside and go on, or tell it as an error; where it truly cannot \
         happen, give the reason in UNWRAPS:",
    );
}

#[test]
fn nothing_but_the_vector_code_is_unsafe_and_nothing_is_left_to_do() {
    /// Functions for some processors, and one of the system's; why they are sound stands beside them.
    const UNSAFE: [&str; 2] = ["import/scan/x86.rs", "work/memory.rs"];
    let found = problems(|file| {
        let mut found = lines_with(file, &["todo!", "unimplemented!", "dbg!"]);
        if !UNSAFE.contains(&file.path.as_str()) {
            found.extend(lines_with(file, &["unsafe"]));
        }
        let text = std::fs::read_to_string(source::root().join(&file.path)).unwrap();
        let marks = text
            .lines()
            .enumerate()
            .filter(|(_, line)| ["TO\u{44}O", "FIX\u{4d}E", "XX\u{58}"].iter().any(|mark| line.contains(mark)));
        found.extend(marks.map(|(number, _)| format!("src/{}:{}: a mark of something to do", file.path, number + 1)));
        found
    });
    require(
        &found,
        "What is left to do is an issue, not a comment; and unsafe code stands in two files, with its proof:",
    );
}

#[test]
fn every_file_says_what_it_is_for() {
    let found = problems(|file| {
        let text = std::fs::read_to_string(source::root().join(&file.path)).unwrap();
        if text.starts_with("//! ") { Vec::new() } else { vec![format!("src/{}", file.path)] }
    });
    require(&found, "The first line of a file says what it is for, as `//! ...`:");
}

// ------------------------------------------------------------------------------------------------- network

#[test]
fn no_crate_of_the_program_talks_to_other_computers() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lock: toml::Table = std::fs::read_to_string(root.join("Cargo.lock")).unwrap().parse().unwrap();
    let manifest: toml::Table = std::fs::read_to_string(root.join("Cargo.toml")).unwrap().parse().unwrap();
    let dev: BTreeSet<&str> = manifest["dev-dependencies"].as_table().unwrap().keys().map(String::as_str).collect();

    // Crates by "name" and "name version": a dependency is written the short way where the name is enough.
    let packages = lock["package"].as_array().unwrap();
    let name = |package: &toml::Value| package["name"].as_str().unwrap().to_owned();
    let find = |dependency: &str| {
        let mut parts = dependency.split(' ');
        let (wanted, version) = (parts.next().unwrap(), parts.next());
        packages
            .iter()
            .find(|package| {
                name(package) == wanted && version.is_none_or(|version| package["version"].as_str() == Some(version))
            })
            .unwrap()
    };
    let dependencies = |package: &toml::Value| -> Vec<String> {
        let list = package.get("dependencies").and_then(toml::Value::as_array);
        list.into_iter().flatten().map(|dependency| dependency.as_str().unwrap().to_owned()).collect()
    };

    let mut found = String::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![("customer-focus".to_owned(), "customer-focus".to_owned())];
    while let Some((crate_name, way)) = open.pop() {
        if !seen.insert(crate_name.clone()) {
            continue;
        }
        let package = find(&crate_name);
        if NETWORK.contains(&name(package).as_str()) {
            let _ = writeln!(found, "  {way}");
            continue;
        }
        for dependency in dependencies(package) {
            let short = dependency.split(' ').next().unwrap().to_owned();
            let is_dev = name(package) == "customer-focus" && dev.contains(short.as_str());
            // Bindings of browsers, which list their own test server: the program is not built for browsers.
            let is_browser =
                name(package).starts_with("wasm-bindgen") || name(package) == "js-sys" || name(package) == "web-sys";
            if !is_dev && !is_browser {
                open.push((dependency, format!("{way} > {short}")));
            }
        }
    }
    assert!(seen.len() > 100, "the tree has {} crates only: this test reads it wrongly", seen.len());
    assert!(
        found.is_empty(),
        "Files are never sent anywhere, so the program has no crate that could. Do without these:\n{found}"
    );
}

#[test]
fn no_line_of_the_program_opens_a_connection() {
    let found =
        problems(|file| lines_with(file, &["std::net", "TcpStream", "UdpSocket", "TcpListener", "ToSocketAddrs"]));
    require(&found, "No network code, ever:");
}
