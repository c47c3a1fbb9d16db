//! What the reader decided, in words.

use crate::dataset::{Era, Grain};
use crate::import::{Container, DateOrder, QueryKind, QuoteStyle};
use crate::text::{self, Locale};

/// A count of rows or places.
pub(super) fn count(number: u64, locale: &Locale) -> String {
    text::count(usize::try_from(number).unwrap_or(usize::MAX), locale)
}

pub(super) const fn kind(kind: QueryKind) -> &'static str {
    match kind {
        QueryKind::Person => "Person query",
        QueryKind::Meeting => "Meeting query",
        QueryKind::PersonToPerson => "Person-to-person query",
        QueryKind::PersonToGroup => "Person-to-group query",
        QueryKind::GroupToGroup => "Group-to-group query",
        QueryKind::ExternalCollaboration => "External collaboration query",
        QueryKind::OrganizationData => "Organizational data",
        QueryKind::OnaPerson => "Network scores",
        QueryKind::Hourly => "Hourly collaboration query",
        QueryKind::PeerComparison => "Peer comparison query",
        QueryKind::Unknown => "Unknown",
    }
}

pub(super) const fn era(era: Era) -> &'static str {
    match era {
        Era::Wpa => "Workplace Analytics",
        Era::Viva => "Viva Insights",
        Era::Undecided => "Not decided",
    }
}

pub(super) const fn grain(grain: Grain) -> &'static str {
    match grain {
        Grain::Day => "Days",
        Grain::Week => "Weeks",
        Grain::Month => "Months",
    }
}

pub(super) const fn date_order(order: DateOrder) -> &'static str {
    match order {
        DateOrder::Ymd => "Year, month, day",
        DateOrder::Mdy => "Month, day, year",
        DateOrder::Dmy => "Day, month, year",
        DateOrder::Excel1900 => "Days since 1900",
        DateOrder::Excel1904 => "Days since 1904",
        DateOrder::Days1970 => "Days since 1970",
    }
}

pub(super) const fn decimal(mark: u8) -> &'static str {
    if mark == b',' { "Comma" } else { "Point" }
}

pub(super) fn delimiter(mark: u8) -> String {
    match mark {
        b',' => "Comma".to_owned(),
        b';' => "Semicolon".to_owned(),
        b'\t' => "Tab".to_owned(),
        b'|' => "Vertical bar".to_owned(),
        other => char::from(other).to_string(),
    }
}

pub(super) fn encoding(label: &str) -> String {
    label.to_uppercase()
}

pub(super) const fn quote(style: QuoteStyle) -> &'static str {
    match style {
        QuoteStyle::Doubled => "Quotation marks, doubled within",
        QuoteStyle::Spaced => "Quotation marks after spaces",
        QuoteStyle::Backslash => "Backslashes before quotation marks",
        QuoteStyle::Apostrophe => "Apostrophes",
    }
}

pub(super) const fn container(container: Container) -> &'static str {
    match container {
        Container::Plain => "File of text",
        Container::Zip => "Entry of a ZIP archive",
        Container::Gzip => "Gzip archive",
        Container::Workbook => "Sheet of a workbook",
    }
}
