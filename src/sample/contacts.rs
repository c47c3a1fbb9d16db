//! With whom outside the sample's people spend their external time: person-to-group by domain, and the list of the
//! accounts that matter.
//!
//! Every domain is made up (`.example` belongs to nobody) but those of personal mail. A person's time over all domains
//! is exactly the person's external time in the person query, week by week, so that both exports tell of one company.
//! Solstice Labs hangs on one person alone, and Tessera has been quiet since the beginning of the last month.

use std::io::{self, Write};

use chrono::{Datelike as _, NaiveDate};

use crate::dataset::{Era, Metric};
use crate::work::fan_out;

use super::Company;
use super::activity::{Activity, presence};
use super::calendar::Week;
use super::dice::{Dice, Purpose};
use super::people::{CUSTOMER_SUCCESS, OPERATIONS, ORGANIZATIONS, Person, SALES, SUPPLY_CHAIN, SUPPORT};
use super::write::{push_date, push_hours, push_person_id, push_whole};

/// So many people are made by a thread before their rows are written.
const BLOCK: usize = 1024;

/// So many domains a person meets, the most important one first, and what part of the time each gets on average.
const PARTS: [f64; 4] = [0.42, 0.28, 0.19, 0.11];

/// The domain with which only one person of the company has time.
const SINGLE_THREAD: &str = "solstice-labs.example";

/// The domain without any time in the last month.
const QUIET: &str = "tessera.example";

/// How many in a hundred or so meet a domain: of those who serve customers, who buy, and everyone else.
const fn domain(name: &'static str, weights: [u32; 3]) -> (&'static str, [u32; 3]) {
    (name, weights)
}

/// Domains outside, listed accounts first.
const DOMAINS: [(&str, [u32; 3]); 21] = [
    domain("northgate.example", [15, 1, 4]),
    domain("meridian-foods.example", [13, 1, 3]),
    domain("brightwater.example", [11, 1, 3]),
    domain("castellan.example", [9, 1, 2]),
    domain("orchard-retail.example", [8, 1, 2]),
    domain("halden-energy.example", [6, 1, 2]),
    domain(QUIET, [4, 1, 1]),
    domain(SINGLE_THREAD, [0, 0, 0]),
    domain("ironbridge-castings.example", [1, 19, 2]),
    domain("vela-freight.example", [1, 15, 2]),
    domain("parkside-electronics.example", [1, 10, 4]),
    domain("covalent-systems.example", [3, 1, 11]),
    domain("juniper-integration.example", [4, 1, 8]),
    domain("stonefield.example", [8, 4, 6]),
    domain("aria-media.example", [3, 1, 10]),
    domain("delmar-partners.example", [5, 5, 7]),
    domain("oakline.example", [7, 6, 6]),
    domain("summit-events.example", [2, 1, 8]),
    domain("tidewater.example", [5, 5, 6]),
    domain("gmail.com", [2, 1, 2]),
    domain("outlook.com", [1, 1, 1]),
];

/// An account of the list: name, domain, kind, owner role, tier, and goal hours a month in a company of 1,200 people.
type Listed = (&'static str, &'static str, &'static str, &'static str, &'static str, u32);

const LIST: [Listed; 13] = [
    ("Northgate", "northgate.example", "customer", "Sales, key accounts", "A", 3_200),
    ("Meridian Foods", "meridian-foods.example", "customer", "Sales, key accounts", "A", 3_200),
    ("Brightwater", "brightwater.example", "customer", "Sales, key accounts", "A", 2_300),
    ("Castellan", "castellan.example", "customer", "Customer Success", "B", 2_400),
    ("Orchard Retail", "orchard-retail.example", "customer", "Customer Success", "B", 2_500),
    ("Halden Energy", "halden-energy.example", "customer", "Customer Success", "B", 1_100),
    ("Tessera", QUIET, "customer", "Sales, growth", "C", 600),
    ("Solstice Labs", SINGLE_THREAD, "customer", "Sales, growth", "C", 20),
    ("Ironbridge Castings", "ironbridge-castings.example", "supplier", "Supply Chain", "A", 0),
    ("Vela Freight", "vela-freight.example", "supplier", "Supply Chain", "B", 0),
    ("Parkside Electronics", "parkside-electronics.example", "supplier", "Supply Chain", "B", 0),
    ("Covalent Systems", "covalent-systems.example", "partner", "Product", "A", 700),
    ("Juniper Integration", "juniper-integration.example", "partner", "Product", "B", 0),
];

/// The list of accounts as people type it; goals grow with the company.
pub(super) fn list(company: &Company) -> String {
    let mut text = "Account,Domains,Kind,Owner role,Tier,Goal hours a month\n".to_owned();
    for (name, domain, kind, owner, tier, goal) in LIST {
        let goal = match (u64::from(goal) * company.people.len() as u64).div_ceil(1200) {
            0 => String::new(),
            hours => hours.to_string(),
        };
        text.push_str(&format!("{name},{domain},{kind},\"{owner}\",{tier},{goal}\n"));
    }
    text
}

/// Writes person-to-group by domain: minutes by month in Viva Insights, hours by week in Workplace Analytics.
pub(super) fn person_to_group(company: &Company, threads: usize, out: &mut impl Write) -> io::Result<()> {
    let header = match company.era {
        Era::Wpa => "PersonId,Organization,Collaborators_Domain,Date,Collaboration_hours",
        Era::Viva | Era::Undecided => {
            "PrimaryCollaborator_PersonId,PrimaryCollaborator_Organization,SecondaryCollaborator_Domain,MetricDate,\
             Collaboration time invested"
        }
    };
    writeln!(out, "{header}")?;
    let periods = periods(company);
    let mut next = 0;
    while next < company.people.len() {
        let blocks = fan_out(threads, |thread| {
            let start = (next + thread * BLOCK).min(company.people.len());
            let people = company.people.get(start..(start + BLOCK).min(company.people.len())).unwrap_or_default();
            let mut bytes = Vec::new();
            for person in people {
                rows(company, person, &periods, &mut bytes);
            }
            bytes
        });
        for block in blocks {
            out.write_all(&block)?;
        }
        next += threads.max(1) * BLOCK;
    }
    out.flush()
}

/// The weeks of each period with its first day: calendar months by the first days of weeks, or the weeks themselves.
fn periods(company: &Company) -> Vec<(NaiveDate, &[Week])> {
    let day = |week: &Week| match company.era {
        Era::Wpa => week.start,
        Era::Viva | Era::Undecided => week.start.with_day(1).unwrap_or(week.start),
    };
    let chunks = company.weeks.chunk_by(|a, b| day(a) == day(b));
    chunks.filter_map(|weeks| Some((day(weeks.first()?), weeks))).collect()
}

/// The rows of one person.
fn rows(company: &Company, person: &Person, periods: &[(NaiveDate, &[Week])], bytes: &mut Vec<u8>) {
    let last = periods.last().map(|(day, _)| *day);
    for (day, weeks) in periods {
        let organization = person.organization_in(weeks.first().map_or(0, |week| week.index));
        // In the last month, whatever the periods are.
        let is_last = last.is_some_and(|last| (last.year(), last.month()) == (day.year(), day.month()));
        for (place, hundredths) in time(company.seed, person, organization, weeks, is_last) {
            push_person_id(bytes, company.seed, person.number, company.era);
            bytes.push(b',');
            bytes.extend_from_slice(ORGANIZATIONS[organization].name.as_bytes());
            bytes.push(b',');
            bytes.extend_from_slice(DOMAINS[place].0.as_bytes());
            bytes.push(b',');
            push_date(bytes, *day, company.era);
            bytes.push(b',');
            match company.era {
                Era::Wpa => push_hours(bytes, hundredths * 36),
                Era::Viva | Era::Undecided => push_minutes(bytes, hundredths),
            }
            bytes.push(b'\n');
        }
    }
}

/// Hundredths of hours by place in [`DOMAINS`], in the order of places; together the person's external time.
fn time(seed: u64, person: &Person, organization: usize, weeks: &[Week], is_last: bool) -> Vec<(usize, u32)> {
    let seconds: u32 = weeks
        .iter()
        .map(|week| {
            Activity::of(seed, person, week, presence(seed, person, week)).cell(Metric::ExternalHours, Era::Viva)
        })
        .sum();
    let all = seconds / 36;
    let met = met(seed, person, organization, is_last);
    let mut dice =
        Dice::new(seed, person.number, Purpose::ContactTime(weeks.first().map_or(0, |week| week.before_end)));
    let weights = PARTS.map(|part| part * dice.between(0.6, 1.4));
    let sum: f64 = weights.iter().sum();
    let mut parts: Vec<(usize, u32)> = Vec::with_capacity(PARTS.len());
    let mut left = all;
    // The most important one takes what rounding leaves.
    for (place, weight) in met.into_iter().zip(weights).rev() {
        let part = ((f64::from(all) * weight / sum) as u32).min(left);
        left -= part;
        match parts.iter_mut().find(|(known, _)| *known == place) {
            Some((_, hundredths)) => *hundredths += part,
            None => parts.push((place, part)),
        }
    }
    if let Some((_, hundredths)) = parts.last_mut() {
        *hundredths += left;
    }
    parts.retain(|(_, hundredths)| *hundredths > 0);
    parts.sort_unstable();
    parts
}

/// The domains that a person meets, the most important one first.
fn met(seed: u64, person: &Person, organization: usize, is_last: bool) -> [usize; PARTS.len()] {
    let class = match organization {
        SALES | CUSTOMER_SUCCESS | SUPPORT => 0,
        SUPPLY_CHAIN | OPERATIONS => 1,
        _ => 2,
    };
    let mut dice = Dice::new(seed, person.number, Purpose::Contacts);
    let place_of = |name| DOMAINS.iter().position(|(domain, _)| *domain == name).unwrap_or_default();
    let mut met = PARTS.map(|_| dice.pick(DOMAINS.map(|(_, weights)| weights[class])));
    if person.number == 0 {
        met[2] = place_of(SINGLE_THREAD);
    }
    if is_last {
        // Others of the same kind get its time.
        met = met.map(|place| if place == place_of(QUIET) { place_of("orchard-retail.example") } else { place });
    }
    met
}

/// Hundredths of hours as minutes: each is six tenths of a minute.
fn push_minutes(bytes: &mut Vec<u8>, hundredths: u32) {
    let tenths = u64::from(hundredths) * 6;
    push_whole(bytes, (tenths / 10) as u32);
    if tenths % 10 > 0 {
        bytes.push(b'.');
        push_whole(bytes, (tenths % 10) as u32);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::SampleOptions;
    use super::*;

    #[test]
    fn minutes_are_exact() {
        let text = |hundredths| {
            let mut bytes = Vec::new();
            push_minutes(&mut bytes, hundredths);
            String::from_utf8(bytes).unwrap()
        };
        // 1 hour, 0.01 hours, 2.51 hours.
        assert_eq!([100, 1, 251].map(text), ["60", "0.6", "150.6"]);
    }

    #[test]
    fn a_persons_time_over_all_domains_is_the_external_time() {
        let company = Company::generate(&SampleOptions { people: 60, weeks: 9, ..SampleOptions::default() });
        for person in &company.people {
            for (_, weeks) in periods(&company) {
                let seconds = |week: &Week| {
                    let presence = presence(company.seed, person, week);
                    Activity::of(company.seed, person, week, presence).cell(Metric::ExternalHours, Era::Viva)
                };
                let all: u32 = weeks.iter().map(seconds).sum();
                let parts = time(company.seed, person, person.organization_in(0), weeks, false);
                assert_eq!(parts.iter().map(|(_, hundredths)| hundredths * 36).sum::<u32>(), all);
            }
        }
    }

    #[test]
    fn any_number_of_threads_writes_the_same_bytes() {
        let company = Company::generate(&SampleOptions { people: 2_100, weeks: 2, ..SampleOptions::default() });
        let written = |threads| {
            let mut bytes = Vec::new();
            person_to_group(&company, threads, &mut bytes).unwrap();
            bytes
        };
        let one = written(1);
        assert!([2, 3].into_iter().all(|threads| written(threads) == one));
    }
}
