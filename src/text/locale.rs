//! How the reader's system writes numbers and dates.

/// Marks of numbers and the order of dates. Made from a language tag such as `de-DE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locale {
    decimal: char,
    group: &'static str,
    space: char,
    month_first: bool,
}

impl Locale {
    /// For files and JSON: a point, no grouping, plain spaces.
    #[must_use]
    pub const fn neutral() -> Self {
        Self { decimal: '.', group: "", space: ' ', month_first: false }
    }

    /// The locale of this computer; where it does not say, American English.
    #[must_use]
    pub fn of_system() -> Self {
        Self::of(&sys_locale::get_locale().unwrap_or_else(|| "en-US".to_owned()))
    }

    /// The locale of a language tag, by language and region. `C` and `POSIX` count as American English.
    #[must_use]
    pub fn of(tag: &str) -> Self {
        let mut parts = tag.split(['-', '_', '.', '@']);
        let language = parts.next().unwrap_or_default().to_ascii_lowercase();
        let region = parts.find(|part| part.len() == 2).unwrap_or_default().to_ascii_uppercase();
        let (decimal, group) = match (language.as_str(), region.as_str()) {
            ("de" | "it" | "fr", "CH") | ("de", "LI") => ('.', "\u{2019}"),
            ("es", "MX" | "US" | "PR" | "GT" | "HN" | "NI" | "PA" | "PE" | "SV" | "DO") => ('.', ","),
            (
                "fr" | "cs" | "sk" | "pl" | "ru" | "uk" | "bg" | "fi" | "sv" | "nb" | "no" | "nn" | "hu" | "lt" | "lv"
                | "et",
                _,
            ) => (',', "\u{a0}"),
            (
                "de" | "es" | "it" | "pt" | "nl" | "da" | "tr" | "id" | "el" | "hr" | "sl" | "ro" | "sr" | "vi" | "ca",
                _,
            ) => (',', "."),
            _ => ('.', ","),
        };
        let month_first = matches!((language.as_str(), region.as_str()), ("en" | "c" | "posix", "" | "US" | "PH"));
        Self { decimal, group, space: '\u{a0}', month_first }
    }

    /// The decimal mark.
    #[must_use]
    pub const fn decimal(&self) -> char {
        self.decimal
    }

    /// What stands between groups of three digits.
    #[must_use]
    pub const fn group(&self) -> &'static str {
        self.group
    }

    /// What stands between a number and its sign: does not break on the screen.
    #[must_use]
    pub const fn space(&self) -> char {
        self.space
    }

    /// Whether a date starts with its month.
    #[must_use]
    pub const fn month_first(&self) -> bool {
        self.month_first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_follow_language_and_region() {
        let marks = |tag| (Locale::of(tag).decimal(), Locale::of(tag).group());
        assert_eq!(marks("en-US"), ('.', ","));
        assert_eq!(marks("de_DE.UTF-8"), (',', "."));
        assert_eq!(marks("de-CH"), ('.', "\u{2019}"));
        assert_eq!(marks("fr-FR"), (',', "\u{a0}"));
        assert_eq!(marks("es-MX"), ('.', ","));
        assert_eq!(marks("C"), ('.', ","));
    }
}
