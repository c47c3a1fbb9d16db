//! What changes only the looks and habits of the window. Theme, zoom and window place are kept by the
//! toolkit beside it.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::project::KeptReading;
use crate::workbench::{Opened, SavedView, views_key};

const KEY: &str = "customer-focus-preferences";

/// At most so many recent files are kept.
const RECENT: usize = 10;

/// Of at most so many exports saved views are kept.
const EXPORTS_WITH_VIEWS: usize = 50;

/// Kept from one start to the next. Paths, headers, and the saved views with the names of groups in them; never a
/// number.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Preferences {
    recent: Vec<String>,
    keeps_recent: bool,
    /// Saved views by the export that they belong to, the one used last at the end.
    views: Vec<(String, Vec<SavedView>)>,
    /// How files were read for which a person said so, by their headers.
    readings: Vec<KeptReading>,
}

impl Default for Preferences {
    fn default() -> Self {
        Self { recent: Vec::new(), keeps_recent: true, views: Vec::new(), readings: Vec::new() }
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
        for stamp in &opened.stamps {
            self.remember_path(&stamp.path);
        }
    }

    /// Puts one file at the top.
    pub(super) fn remember_path(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        if let Some(path) = path.to_str().filter(|_| self.keeps_recent) {
            self.recent.retain(|known| known != path);
            self.recent.insert(0, path.to_owned());
            self.recent.truncate(RECENT);
        }
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

    /// The views that were saved for an export.
    pub(super) fn views_of(&self, opened: &Opened) -> Vec<SavedView> {
        let key = views_key(opened);
        let known = self.views.iter().find(|(known, _)| *known == key);
        known.map(|(_, views)| views.clone()).unwrap_or_default()
    }

    /// Keeps the views of an export.
    pub(super) fn keep_views(&mut self, opened: &Opened, views: &[SavedView]) {
        let key = views_key(opened);
        let is_kept = match self.views.iter().find(|(known, _)| *known == key) {
            Some((_, kept)) => kept == views,
            None => views.is_empty(),
        };
        if is_kept {
            return;
        }
        self.views.retain(|(known, _)| *known != key);
        if !views.is_empty() {
            self.views.push((key, views.to_vec()));
        }
        let too_many = self.views.len().saturating_sub(EXPORTS_WITH_VIEWS);
        self.views.drain(..too_many);
    }

    /// How files were read for which a person said so.
    pub(super) fn readings(&self) -> &[KeptReading] {
        &self.readings
    }

    /// Keeps how files were read.
    pub(super) fn keep_readings(&mut self, readings: &[KeptReading]) {
        if self.readings != readings {
            self.readings = readings.to_vec();
        }
    }

    /// The path of a recent file.
    pub(super) fn path(recent: &str) -> PathBuf {
        PathBuf::from(recent)
    }
}
