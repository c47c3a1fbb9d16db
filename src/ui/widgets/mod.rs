//! Controls and charts that know no domain: they take plain words and numbers, and hand back what
//! people did. Each has an accessible name, and each obeys the [`Scale`](super::theme::Scale) around it.

mod axis;
mod band_bar;
mod button;
mod card;
mod chart_frame;
mod data_table;
mod distribution;
mod empty_state;
mod form;
mod group_list;
mod hero;
mod key_card;
mod mark;
mod menu;
mod nav_item;
mod notice;
mod paint;
mod plot;
mod probe;
mod progress_card;
mod prose;
mod reference;
mod tabs;
mod trend;

pub use band_bar::{Band, BandBar};
pub use button::Button;
pub use card::{Card, CardPart, columns, equal_cards, equal_cards_with_foot, page, page_header};
pub use chart_frame::{ChartAction, ChartFrame};
pub use data_table::{DataTable, SortedBy, TableColumn};
pub use distribution::{BandColumn, DistributionChart};
pub use empty_state::{EmptyState, EmptyStateAction};
pub use form::{form_row, select, slider};
pub use group_list::{GroupList, GroupRow};
pub use hero::{hero_number, hero_sentence};
pub use key_card::{key_cap, key_card};
pub use mark::{Mark, MarkKind, Meaning, chip};
pub use menu::{MenuItem, menu_under};
pub use nav_item::NavItem;
pub use notice::{NoticeBanner, NoticeEvent, toast};
pub use progress_card::ProgressCard;
pub use prose::{bullets, prose, source_line};
pub use reference::{Reference, ReferenceKind};
pub use tabs::tabs;
pub use trend::{TrendChart, TrendPoint, TrendSeries};
