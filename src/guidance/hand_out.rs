//! Texts to hand out and to talk about: written by people, with places in braces that `report` fills in.

use crate::insights::Behavior;

/// The call for volunteers. Places: `{topics}`, `{teams}`, `{answer_to}`, `{answer_by}`.
#[must_use]
pub const fn call_for_volunteers() -> &'static str {
    include_str!("../../assets/texts/call_for_volunteers.txt")
}

/// The table that volunteers fill in: its header.
#[must_use]
pub const fn volunteer_answers() -> &'static str {
    include_str!("../../assets/texts/volunteer_answers.csv")
}

/// The table in which important contacts are listed: its header.
#[must_use]
pub const fn account_list() -> &'static str {
    include_str!("../../assets/texts/important_contacts.csv")
}

/// The announcement of the list. Places: `{people}`, `{topics}`, `{teams}`, `{answer_to}`, `{day}`.
#[must_use]
pub const fn announcement() -> &'static str {
    include_str!("../../assets/texts/announcement.txt")
}

/// What to ask the people for who run queries, to see time between groups.
#[must_use]
pub const fn request_group_to_group() -> &'static str {
    include_str!("../../assets/texts/request_group_to_group.txt")
}

/// What to ask the people for who run queries, to see who initiated meetings.
#[must_use]
pub const fn request_meetings() -> &'static str {
    include_str!("../../assets/texts/request_meetings.txt")
}

/// Questions to talk about what people said about a behavior.
#[must_use]
pub fn discussion_questions(behavior: Behavior) -> Vec<&'static str> {
    let sections = include_str!("../../assets/texts/discussion_questions.md").split("# ").skip(1);
    let of_behavior =
        sections.filter_map(|section| section.split_once('\n')).find(|(name, _)| *name == behavior.name());
    let lines = of_behavior.map(|(_, lines)| lines).unwrap_or_default().lines();
    lines.filter_map(|line| line.strip_prefix("- ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_questions_for_every_behavior() {
        for behavior in Behavior::ALL {
            let questions = discussion_questions(behavior);
            assert!(questions.len() >= 3 && questions.iter().all(|question| question.ends_with('?')), "{behavior:?}");
        }
    }
}
