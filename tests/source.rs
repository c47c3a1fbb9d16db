//! The program's own source text, for the tests that read it: code without comments and tests, and its paths.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// One `.rs` file under `src`.
#[derive(Debug)]
pub(crate) struct SourceFile {
    /// From `src`, with slashes.
    pub(crate) path: String,
    /// The room, as the map names it; `None` for the roots and `ui/mod.rs`.
    pub(crate) room: Option<String>,
    /// Lines in all.
    pub(crate) lines: usize,
    /// Numbered lines before the tests, without comments.
    pub(crate) code: Vec<(usize, String)>,
    /// What is used by paths that begin with `crate::`, or that leave the room by `super::`.
    pub(crate) uses: Vec<Used>,
    /// Modules that this file declares as files, those of tests too.
    pub(crate) mods: Vec<String>,
}

/// An item of a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Used {
    pub(crate) room: String,
    /// The first name after the room's; empty for the room itself.
    pub(crate) item: String,
}

/// The `src` folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every file under `src`, by path.
pub(crate) fn all() -> &'static [SourceFile] {
    static ALL: LazyLock<Vec<SourceFile>> = LazyLock::new(|| {
        let mut paths = Vec::new();
        collect(&root(), &mut paths);
        paths.sort();
        paths.iter().map(|path| SourceFile::read(path)).collect()
    });
    &ALL
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

impl SourceFile {
    fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap();
        let inside = path.strip_prefix(root()).unwrap();
        let parts: Vec<String> =
            inside.with_extension("").iter().map(|part| part.to_str().unwrap().to_owned()).collect();
        let modules: Vec<String> =
            parts.iter().filter(|part| !["mod", "lib", "main"].contains(&part.as_str())).cloned().collect();
        let room = match modules.as_slice() {
            [] => None,
            [ui] if ui == "ui" => None,
            [ui, room, ..] if ui == "ui" => Some(format!("ui::{room}")),
            [room, ..] => Some(room.clone()),
        };
        let plain = without_comments(&text);
        let before_tests = plain.split("#[cfg(test)]").next().unwrap_or_default();
        Self {
            path: inside.to_str().unwrap().replace('\\', "/"),
            room,
            lines: text.lines().count(),
            uses: uses(before_tests, &modules),
            code: before_tests.lines().enumerate().map(|(index, line)| (index + 1, line.to_owned())).collect(),
            mods: mods(&plain),
        }
    }
}

/// The text with every comment gone; lines keep their numbers.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let taken = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            let end = rest.find("*/").map_or(rest.len(), |end| end + 2);
            out.extend(rest[..end].chars().filter(|c| *c == '\n'));
            end
        } else {
            let end = literal(rest).unwrap_or(c.len_utf8());
            out.push_str(&rest[..end]);
            end
        };
        rest = &rest[taken..];
    }
    out
}

/// The length of the string or character that a text begins with.
fn literal(text: &str) -> Option<usize> {
    if let Some(raw) = text.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let close = format!("\"{}", "#".repeat(hashes));
            let start = 1 + hashes + 1;
            return Some(start + text[start..].find(&close)? + close.len());
        }
    }
    if let Some(inside) = text.strip_prefix('"') {
        let mut escaped = false;
        let end = inside.char_indices().find(|&(_, c)| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        });
        return end.map(|(index, _)| index + 2);
    }
    // A character that could be taken for the start of something else; a lifetime has no closing quote.
    ["'\"'", "'\\''", "'\\\\'", "'/'"].iter().find(|c| text.starts_with(**c)).map(|c| c.len())
}

/// The items behind every path that begins with `crate::` or climbs by `super::`.
fn uses(code: &str, modules: &[String]) -> Vec<Used> {
    let mut uses = Vec::new();
    for (start, _) in code.match_indices("crate::") {
        uses.extend(expanded(tree(&code[start + "crate::".len()..])).iter().flat_map(|path| used(code, path)));
    }
    for (start, _) in code.match_indices("super::").filter(|(start, _)| !code[..*start].ends_with("super::")) {
        let mut rest = &code[start..];
        let mut above = modules;
        while let Some(after) = rest.strip_prefix("super::") {
            rest = after;
            above = above.split_last().map_or(&[][..], |(_, above)| above);
        }
        let climbed = |path: &String| above.iter().chain([path]).cloned().collect::<Vec<_>>().join("::");
        uses.extend(expanded(tree(rest)).iter().map(climbed).flat_map(|path| used(code, &path)));
    }
    uses
}

/// The room and item of one path from the crate's root; several where the path is a module's.
fn used(code: &str, path: &str) -> Vec<Used> {
    let names: Vec<&str> = path.split("::").map(str::trim).filter(|name| *name != "self").collect();
    let of_room = if names.first() == Some(&"ui") { 2 } else { 1 };
    let Some(room) = names.get(..of_room) else { return Vec::new() };
    match names.get(of_room).and_then(|item| item.split(" as ").next()) {
        Some(item) => vec![Used { room: room.join("::"), item: item.to_owned() }],
        None => behind_module(code, room),
    }
}

/// What is used of a room that is brought in as a module: `privacy` and then `privacy::answer`.
fn behind_module(code: &str, room: &[&str]) -> Vec<Used> {
    let name = format!("{}::", room[room.len() - 1]);
    let own = |start: usize| !code[..start].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
    let places = code.match_indices(&name).filter(|(start, _)| own(*start));
    let items = places.map(|(start, _)| {
        let after = &code[start + name.len()..];
        let end = after.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(after.len());
        Used { room: room.join("::"), item: after[..end].to_owned() }
    });
    items.collect()
}

/// The path, with its braces, that a text begins with.
fn tree(text: &str) -> &str {
    let mut depth = 0_usize;
    for (index, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 1 => depth -= 1,
            '}' if depth == 1 => return &text[..=index],
            _ if depth > 0 || c.is_alphanumeric() || c == '_' || c == ':' => {}
            _ => return &text[..index],
        }
    }
    text
}

/// `a::{b, c::{d, e}}` as `a::b`, `a::c::d`, `a::c::e`.
fn expanded(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some((before, inside)) = tree.split_once('{') else { return vec![tree.trim_end_matches("::").to_owned()] };
    let inside = inside.strip_suffix('}').unwrap_or(inside);
    let mut entries = vec![String::new()];
    let mut depth = 0_usize;
    for c in inside.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                entries.push(String::new());
                continue;
            }
            _ => {}
        }
        entries.last_mut().unwrap().push(c);
    }
    let entries = entries.iter().filter(|entry| !entry.trim().is_empty());
    entries.flat_map(|entry| expanded(entry)).map(|path| format!("{before}{path}")).collect()
}

fn mods(code: &str) -> Vec<String> {
    let lines = code.lines().map(str::trim).filter_map(|line| line.strip_suffix(';'));
    let names = lines.filter_map(|line| {
        let line = line.rsplit_once("] ").map_or(line, |(_, line)| line);
        let line = line.strip_prefix("pub(crate) ").or_else(|| line.strip_prefix("pub(super) ")).unwrap_or(line);
        line.strip_prefix("pub ").unwrap_or(line).strip_prefix("mod ")
    });
    names.map(str::to_owned).collect()
}

#[test]
fn paths_are_read_with_their_braces_and_without_comments() {
    let code = without_comments(
        "// use crate::wrong::No;\nuse crate::a::{self, B, c::{D, E}}; /* crate::wrong */\nlet url = \"http://x\"; a::f(); crate::ui::theme::Tokens::dark();\n",
    );
    let in_words = |code: &str, modules: &[&str]| -> Vec<String> {
        let modules: Vec<String> = modules.iter().map(ToString::to_string).collect();
        uses(code, &modules).into_iter().map(|used| format!("{} {}", used.room, used.item)).collect()
    };
    assert_eq!(in_words(&code, &["x"]), ["a f", "a B", "a c", "a c", "ui::theme Tokens"]);
    assert_eq!(
        in_words("use super::super::theme::{Icon, Text};", &["ui", "views", "data"]),
        ["ui::theme Icon", "ui::theme Text"]
    );
    assert_eq!(in_words("use super::Send;", &["ui", "views", "data"]), ["ui::views Send"]);
    assert_eq!(mods("mod a;\npub mod b;\nmod inside { }\n#[cfg(test)] mod c;"), ["a", "b", "c"]);
}
