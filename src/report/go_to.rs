//! Go-to contacts as texts to send and lists to hand out. Only people who are listed on the day are in any of them.

use chrono::NaiveDate;

use super::{Format, HandOut, csv, file_word, html::Page};
use crate::guidance;
use crate::project::{Call, GoTo, Volunteer};
use crate::text::{self, Locale};

/// The call for volunteers, to send.
#[must_use]
pub fn call_text(call: &Call, locale: &Locale) -> String {
    let among =
        |names: &[String]| if names.is_empty() { String::new() } else { format!(" ({})", text::list_and(names)) };
    let to = if call.answer_to.is_empty() { "back".to_owned() } else { format!("to {}", call.answer_to) };
    let by = call.answer_by.map(|day| format!(" by {}", text::date(day, locale))).unwrap_or_default();
    guidance::call_for_volunteers()
        .replace("{topics}", &among(&call.topics))
        .replace("{teams}", &among(&call.teams))
        .replace("{answer_to}", &to)
        .replace("{answer_by}", &by)
}

/// The announcement that the list is there, to send.
#[must_use]
pub fn announcement_text(go_to: &GoTo, today: NaiveDate, locale: &Locale) -> String {
    let coverage = go_to.coverage(today);
    let or_none =
        |names: Vec<&String>| if names.is_empty() { "not told yet".to_owned() } else { text::list_and(&names) };
    // What is wanted and has nobody yet is no offer.
    let topics = coverage.topics.iter().zip(&coverage.people);
    let topics = topics.filter(|(_, row)| row.iter().any(|people| *people > 0)).map(|(topic, _)| topic).collect();
    let has_somebody =
        |place: usize| coverage.people.iter().any(|row| row.get(place).is_some_and(|people| *people > 0));
    let teams = coverage.teams.iter().enumerate().filter(|(place, _)| has_somebody(*place)).map(|(_, team)| team);
    let to = &go_to.call.answer_to;
    let to = if to.is_empty() { String::new() } else { format!(" ({to})") };
    let people = text::counted(go_to.listed(today).len(), "colleague", "colleagues", locale);
    guidance::announcement()
        .replace("{people}", &people)
        .replace("{topics}", &or_none(topics))
        .replace("{teams}", &or_none(teams.collect()))
        .replace("{answer_to}", &to)
        .replace("{day}", &text::date(today, locale))
}

/// The table that volunteers fill in: a header alone, so that no made-up answer comes back.
#[must_use]
pub fn answers_template() -> HandOut {
    let header: Vec<&str> = guidance::volunteer_answers().trim().split(',').collect();
    HandOut { name: "go-to-contacts-answers.csv".to_owned(), bytes: csv::table(&header, &[]) }
}

/// The whole list, for managers: by team, with topics, role, address and the last day.
#[must_use]
pub fn managers_list(go_to: &GoTo, format: Format, today: NaiveDate, locale: &Locale) -> HandOut {
    let listed = go_to.listed(today);
    let name = format!("go-to-contacts-managers-{today}.{}", format.extension());
    let header = ["Name", "Role", "Topics", "Teams", "Address", "Until"];
    let row = |person: &Volunteer, day: &dyn Fn(NaiveDate) -> String| {
        let until = person.last_day().map(day).unwrap_or_default();
        vec![
            person.name.clone(),
            person.role.clone(),
            person.topics.join("; "),
            person.teams.join("; "),
            person.email.clone(),
            until,
        ]
    };
    if format == Format::Csv {
        let rows: Vec<_> = listed.iter().map(|person| row(person, &|day| day.to_string())).collect();
        return HandOut { name, bytes: csv::table(&header, &rows) };
    }
    let mut page = Page::new("Go-to contacts, for managers");
    page.paragraph(&format!(
        "{} volunteered to be asked when a customer needs an answer.",
        text::counted(listed.len(), "colleague", "colleagues", locale)
    ));
    let coverage = go_to.coverage(today);
    for team in &coverage.teams {
        let people = go_to.listed_for(team, today);
        page.heading(team);
        if people.is_empty() {
            page.paragraph("Nobody yet.");
        } else {
            let rows: Vec<_> = people.iter().map(|person| row(person, &|day| text::date(day, locale))).collect();
            page.table(&header, header.len(), &rows);
        }
    }
    let without: Vec<_> = listed.iter().filter(|person| person.teams.is_empty()).collect();
    if !without.is_empty() {
        page.heading("Any team");
        let rows: Vec<_> = without.iter().map(|person| row(person, &|day| text::date(day, locale))).collect();
        page.table(&header, header.len(), &rows);
    }
    let gaps = coverage.gaps();
    if !gaps.is_empty() {
        page.heading("Gaps");
        let rows: Vec<_> = gaps.iter().map(|(topic, team)| vec![(*topic).to_owned(), (*team).to_owned()]).collect();
        page.table(&["Topic", "Team without anybody"], 2, &rows);
    }
    page.quiet(&consent_line(today, locale));
    HandOut { name, bytes: page.into_bytes() }
}

/// The list of one team, for its own members: whom to ask about what.
#[must_use]
pub fn team_list(go_to: &GoTo, team: &str, format: Format, today: NaiveDate, locale: &Locale) -> HandOut {
    let people = go_to.listed_for(team, today);
    let header = ["Topics", "Name", "Role", "Address"];
    let rows: Vec<_> = people
        .iter()
        .map(|person| vec![person.topics.join("; "), person.name.clone(), person.role.clone(), person.email.clone()])
        .collect();
    let name = format!("go-to-contacts-{}-{today}.{}", file_word(team), format.extension());
    if format == Format::Csv {
        return HandOut { name, bytes: csv::table(&header, &rows) };
    }
    let mut page = Page::new(&format!("Go-to contacts of {team}"));
    page.paragraph("Ask them when a customer needs an answer. They volunteered for it.");
    if rows.is_empty() {
        page.paragraph("Nobody yet.");
    } else {
        page.table(&header, header.len(), &rows);
    }
    page.quiet(&consent_line(today, locale));
    HandOut { name, bytes: page.into_bytes() }
}

fn consent_line(today: NaiveDate, locale: &Locale) -> String {
    format!(
        "As of {}. Everybody on this list agreed to be on it and can withdraw at any time. Use the newest list only and \
         delete older ones.",
        text::date(today, locale)
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::project::{Edit, Project, VolunteerEdit};

    fn day(year: i32, month: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, 1).unwrap()
    }

    fn go_to() -> Project {
        let mut project = Project::default();
        for (name, team, topic, month) in
            [("Ann", "North", "Pricing", 6), ("Bob <b>", "North", "=cmd()", 6), ("Cid", "South", "Service", 1)]
        {
            let person = Volunteer {
                name: name.to_owned(),
                email: format!("{}@contoso.com", &name[..3].to_lowercase()),
                teams: vec![team.to_owned()],
                topics: vec![topic.to_owned()],
                consents: true,
                consent_on: Some(day(2026, month)),
                listed_until: Some(day(2026, month + 5)),
                ..Volunteer::default()
            };
            project.apply(Edit::Volunteer(VolunteerEdit::Add(person)));
        }
        project.go_to.call.topics = vec!["Contracts".to_owned()];
        project
    }

    /// Everything that can be written about go-to contacts.
    fn all_written(project: &Project, today: NaiveDate) -> String {
        let locale = Locale::of("en-US");
        let go_to = &project.go_to;
        let mut written = vec![call_text(&go_to.call, &locale), announcement_text(go_to, today, &locale)];
        for format in [Format::Html, Format::Csv] {
            written.push(String::from_utf8(managers_list(go_to, format, today, &locale).bytes).unwrap());
            for team in ["North", "South"] {
                written.push(String::from_utf8(team_list(go_to, team, format, today, &locale).bytes).unwrap());
            }
        }
        written.join("\n")
    }

    #[test]
    fn who_is_listed_is_in_the_lists_and_who_expired_or_withdrew_is_in_nothing() {
        let mut project = go_to();
        let today = day(2026, 8);
        let before = all_written(&project, today);
        assert!(before.contains("Ann") && before.contains("ann@contoso.com"), "{before}");
        assert!(
            !before.contains("Cid") && !before.contains("cid@") && !before.contains("Service"),
            "expired: {before}"
        );
        let ann = project.go_to.volunteers[0].id;
        project.apply(Edit::Volunteer(VolunteerEdit::Withdraw(ann, today)));
        let after = all_written(&project, today);
        assert!(!after.contains("Ann") && !after.contains("ann@") && !after.contains("Pricing"), "{after}");
        assert!(after.contains("1 colleague "), "{after}");
    }

    #[test]
    fn what_people_typed_is_text_in_pages_and_tables() {
        let written = all_written(&go_to(), day(2026, 8));
        assert!(written.contains("Bob &lt;b&gt;") && written.contains("'=cmd()"), "{written}");
    }

    #[test]
    fn texts_have_no_open_places_with_and_without_a_call() {
        let locale = Locale::of("en-US");
        let call = Call {
            topics: vec!["Pricing".into(), "Contracts".into()],
            teams: Vec::new(),
            answer_to: "Customer Office".into(),
            answer_by: Some(day(2026, 9)),
        };
        let text = call_text(&call, &locale);
        assert!(text.contains("you know (Pricing and Contracts), and"), "{text}");
        assert!(text.contains("send it to Customer Office by Sep 1, 2026."), "{text}");
        for text in
            [text, call_text(&Call::default(), &locale), announcement_text(&GoTo::default(), day(2026, 8), &locale)]
        {
            assert!(!text.contains(['{', '}']), "{text}");
        }
    }

    #[test]
    fn the_template_is_read_by_the_import() {
        use crate::project::Answers;
        let mut bytes = answers_template().bytes;
        bytes.extend_from_slice(b"Ann,ann@c.com,Lead,North,Pricing,yes,2026-08-01,2026-12-01\r\n");
        let answers = Answers::read(&bytes, &GoTo::default(), day(2026, 9), &Locale::of("en-US"));
        assert_eq!((answers.added.len(), answers.set_aside(), answers.refused), (1, 0, None));
        assert_eq!(answers.added[0].listed_until, Some(day(2026, 12)));
    }

    #[test]
    fn a_team_of_any_name_gives_a_name_of_a_file() {
        assert_eq!(file_word("Key Accounts / EMEA"), "key-accounts-emea");
        assert_eq!(file_word("../.."), "team");
    }
}
