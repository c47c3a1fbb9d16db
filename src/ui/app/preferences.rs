//! What changes only the looks and habits of the window. Theme, zoom and window place are kept by the
//! toolkit beside it.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::workbench::Opened;

const KEY: &str = "customer-focus-preferences";

/// At most so many recent files are kept.
const RECENT: usize = 10;

/// Kept from one start to the next. Paths only, never data.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Preferences {
    recent: Vec<String>,
    keeps_recent: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self { recent: Vec::new(), keeps_recent: true }
    }
}

impl Preferences {
    /// What was kept; the default where nothing was.
    pub(super) fn load(storage: Option<&dyn eframe::Storage>) -> Self {
        storage.and_then(|storage| eframe::get_value(storage, KEY)).unwrap_or_default()
    }

    /// Keeps it.
    pub(super) fn save(&self, storage: &mut dyn eframe::Storage) {
        eframe::set_value(storage, KEY, self);
    }

    /// Recent files, the newest first.
    pub(super) fn recent(&self) -> &[String] {
        &self.recent
    }

    /// Whether recent files are remembered.
    pub(super) fn keeps_recent(&self) -> bool {
        self.keeps_recent
    }

    /// Puts opened files at the top. A path that is no text is not remembered.
    pub(super) fn remember(&mut self, opened: &Opened) {
        if !self.keeps_recent {
            return;
        }
        for path in opened.stamps.iter().map(|stamp| stamp.path.clone()) {
            let path = std::path::absolute(&path).unwrap_or(path);
            if let Some(path) = path.to_str() {
                self.recent.retain(|known| known != path);
                self.recent.insert(0, path.to_owned());
            }
        }
        self.recent.truncate(RECENT);
    }

    /// Takes one out.
    pub(super) fn forget(&mut self, path: &str) {
        self.recent.retain(|known| known != path);
    }

    /// Turns remembering on or off; off forgets all.
    pub(super) fn keep_recent(&mut self, on: bool) {
        self.keeps_recent = on;
        if !on {
            self.recent.clear();
        }
    }

    /// The path of a recent file.
    pub(super) fn path(recent: &str) -> PathBuf {
        PathBuf::from(recent)
    }
}
