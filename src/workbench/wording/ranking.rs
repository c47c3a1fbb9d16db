//! Groups to focus on in words: which cannot be told apart, how many people, how many could be chance.

use crate::privacy::{Chance, FocusGroup, FunnelPlace, Groups, InsightId, Outcome, Settings};
use crate::text::{self, Locale};

/// How many names of a rank band stand in a sentence.
const NAMES: usize = 4;

/// Which of the groups to focus on cannot be told apart: "These four cannot be told apart: …". Empty where there are
/// fewer than two.
#[must_use]
pub fn rank_bands(focus: &[FocusGroup], locale: &Locale) -> String {
    if focus.len() < 2 {
        return String::new();
    }
    let last = focus.iter().map(|group| group.rank_band).max().unwrap_or_default();
    let bands = (1..=last).map(|band| focus.iter().filter(|group| group.rank_band == band).collect::<Vec<_>>());
    let bands: Vec<Vec<&FocusGroup>> = bands.filter(|band| !band.is_empty()).collect();
    if bands.len() == 1 {
        let count = text::count_in_words(focus.len(), locale);
        return format!("These {count} cannot be told apart: their order can be chance.");
    }
    let sentence = |band: &Vec<&FocusGroup>| match band.as_slice() {
        [alone] => format!("{} stands alone.", alone.value),
        several => {
            let count = text::count_in_words(several.len(), locale);
            format!("These {count} cannot be told apart: {}.", names(several, locale))
        }
    };
    bands.iter().map(sentence).collect::<Vec<_>>().join(" ")
}

/// "A, B, and C", or the first ones and how many more there are.
fn names(groups: &[&FocusGroup], locale: &Locale) -> String {
    let shown = if groups.len() > NAMES { NAMES - 1 } else { groups.len() };
    let mut names: Vec<String> = groups.iter().take(shown).map(|group| group.value.to_string()).collect();
    if groups.len() > shown {
        names.push(format!("{} more", text::count_in_words(groups.len() - shown, locale)));
    }
    text::list_and(&names)
}

/// People affected beyond parity: "about 12 people", "less than 1 person".
#[must_use]
pub fn people_affected(people: f64, locale: &Locale) -> String {
    let rounded = people.round() as usize;
    if rounded == 0 {
        return "less than 1 person".to_owned();
    }
    format!("about {}", text::counted(rounded, "person", "people", locale))
}

/// People affected beyond parity in a column of figures: "12", "under 1".
#[must_use]
pub fn people_affected_in_short(people: f64, locale: &Locale) -> String {
    let rounded = people.round() as usize;
    if rounded == 0 { "under 1".to_owned() } else { text::count(rounded, locale) }
}

/// Which groups a sentence about chance is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marked {
    /// Those clearly above or below the rest.
    AgainstTheRest,
    /// Those to focus on.
    ToFocusOn,
}

/// How many of some groups could be chance: "Of the six groups marked, about one could be chance, as 20 were
/// compared." Empty where there are none.
#[must_use]
pub fn chance(which: Marked, chance: &Chance, locale: &Locale) -> String {
    let Chance { compared, marked, expected_by_chance } = *chance;
    let which = match which {
        Marked::AgainstTheRest => "marked",
        Marked::ToFocusOn => "to focus on",
    };
    let many = |number| text::count_in_words(number, locale);
    let looks = format!("as {} were compared", many(compared));
    let of = format!("Of the {} groups {which}", many(marked));
    // Where nothing differs, a list is called safe in at most one company of twenty.
    let is_safe = expected_by_chance < 0.05;
    let expected = expected_by_chance.round() as usize;
    match (marked, expected) {
        (0, _) => String::new(),
        (1, _) if is_safe => format!("The group {which} is not likely to be chance."),
        (1, 0) => format!("The group {which} could perhaps be chance, {looks}."),
        (1, _) => format!("The group {which} could well be chance, {looks}."),
        (..) if is_safe => format!("{of}, none is likely to be chance."),
        (_, 0) => format!("{of}, perhaps one could be chance, {looks}."),
        (2, 2..) => format!("Both groups {which} could be chance, {looks}."),
        (..) if expected >= marked => format!("All {} groups {which} could be chance, {looks}.", many(marked)),
        (..) => format!("{of}, about {} could be chance, {looks}.", many(expected)),
    }
}

/// Several lists together: what is marked in any of them.
#[must_use]
pub fn chance_together(lists: &[Chance]) -> Chance {
    lists.iter().fold(Chance::default(), |sum, list| Chance {
        compared: sum.compared + list.compared,
        marked: sum.marked + list.marked,
        expected_by_chance: sum.expected_by_chance + list.expected_by_chance,
    })
}

/// The funnel as a finding: how many groups lie beyond what chance explains.
#[must_use]
pub fn funnel_title(groups: &Groups, outcome: &Outcome, locale: &Locale) -> String {
    let places = outcome.funnel().map(|funnel| {
        let place = |group: &crate::privacy::PublicGroup| funnel.place(group.share, group.people);
        groups.shown.iter().map(place).collect::<Vec<_>>()
    });
    let beyond = places.iter().flatten().filter(|place| **place != FunnelPlace::Inside).count();
    let all = text::count_in_words(groups.shown.len(), locale);
    match beyond {
        0 => format!("Chance alone explains how these {all} groups differ"),
        1 => format!("One of {all} groups lies beyond what chance explains"),
        beyond => {
            let beyond = super::sentence_case(&text::count_in_words(beyond, locale));
            format!("{beyond} of {all} groups lie beyond what chance explains")
        }
    }
}

/// How to read the funnel.
#[must_use]
pub fn funnel_note(id: InsightId, groups: &Groups, settings: &Settings) -> String {
    let colors = if super::is_unmarked(id, groups, settings) { "" } else { " The color says better or worse." };
    format!(
        "Small groups stray far by chance. Of groups like the company 1 in 20 lies outside the inner limits, 1 in 500 \
         outside the outer ones.{colors}"
    )
}

/// Where a group lies in the funnel, in words.
#[must_use]
pub fn funnel_place(place: FunnelPlace, locale: &Locale) -> String {
    let beyond =
        |percent, places| format!("beyond the {}{}% limits", text::decimals(percent, places, locale), locale.space());
    match place {
        FunnelPlace::Inside => "within what chance explains".to_owned(),
        FunnelPlace::Beyond95 => beyond(95.0, 0),
        FunnelPlace::Beyond99_8 => beyond(99.8, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::Share;

    fn focus(bands: &[usize]) -> Vec<FocusGroup> {
        let group = |(index, &rank_band): (usize, &usize)| FocusGroup {
            value: ["A", "B", "C", "D", "E", "F"][index].into(),
            people: 20,
            share: Share::new(0.5),
            gap: 0.2,
            people_affected: 4.0,
            rank_band,
        };
        bands.iter().enumerate().map(group).collect()
    }

    #[test]
    fn rank_bands_are_told_as_what_can_and_cannot_be_told_apart() {
        let words = |bands: &[usize]| rank_bands(&focus(bands), &Locale::neutral());
        assert_eq!(words(&[1]), "");
        assert_eq!(words(&[1, 1, 1, 1]), "These four cannot be told apart: their order can be chance.");
        assert_eq!(words(&[1, 2, 2]), "A stands alone. These two cannot be told apart: B and C.");
        // A small group can be unclear from the first where a larger one is clear.
        assert_eq!(words(&[1, 2, 1]), "These two cannot be told apart: A and C. B stands alone.");
        assert_eq!(
            words(&[1, 2, 2, 2, 2, 2]),
            "A stands alone. These five cannot be told apart: B, C, D, and two more."
        );
    }

    #[test]
    fn people_affected_are_about_so_many() {
        let words = |people| people_affected(people, &Locale::neutral());
        assert_eq!(words(12.4), "about 12 people");
        assert_eq!(words(0.6), "about 1 person");
        assert_eq!(words(0.4), "less than 1 person");
        assert_eq!(people_affected_in_short(0.4, &Locale::neutral()), "under 1");
    }

    #[test]
    fn what_could_be_chance_is_said_in_words() {
        let words = |marked, expected_by_chance| {
            chance(Marked::AgainstTheRest, &Chance { compared: 20, marked, expected_by_chance }, &Locale::neutral())
        };
        assert_eq!(words(0, 0.0), "");
        assert_eq!(words(1, 0.02), "The group marked is not likely to be chance.");
        assert_eq!(words(1, 0.3), "The group marked could perhaps be chance, as 20 were compared.");
        assert_eq!(words(1, 0.6), "The group marked could well be chance, as 20 were compared.");
        assert_eq!(words(6, 0.04), "Of the six groups marked, none is likely to be chance.");
        assert_eq!(words(6, 0.3), "Of the six groups marked, perhaps one could be chance, as 20 were compared.");
        assert_eq!(words(6, 1.0), "Of the six groups marked, about one could be chance, as 20 were compared.");
        assert_eq!(words(12, 2.6), "Of the 12 groups marked, about three could be chance, as 20 were compared.");
        let focus = Chance { compared: 20, marked: 3, expected_by_chance: 3.0 };
        assert_eq!(
            chance(Marked::ToFocusOn, &focus, &Locale::neutral()),
            "All three groups to focus on could be chance, as 20 were compared."
        );
        assert_eq!(words(2, 1.6), "Both groups marked could be chance, as 20 were compared.");
    }

    #[test]
    fn several_lists_are_one_look() {
        let one = Chance { compared: 8, marked: 2, expected_by_chance: 0.25 };
        assert_eq!(chance_together(&[one, one]), Chance { compared: 16, marked: 4, expected_by_chance: 0.5 });
        assert_eq!(chance_together(&[]), Chance::default());
    }
}
