//! What organizational data beside a person query says about its people.

use super::{Finding, Severity};
use crate::import::LeadershipReport;
use crate::text::{self, Sentence};

/// Above this part of all people, who is not found calls for care.
const CARE_FROM: f64 = 0.2;

/// Who is in the organizational data.
pub(super) fn findings(report: &LeadershipReport) -> Vec<Finding> {
    let files = text::list_and(&report.names);
    let mut findings = Vec::new();
    if report.found == 0 {
        findings.push(Finding::about_file(
            "organization_of_others",
            Severity::Care,
            1,
            format!("Nobody of the person query is in {files}: their ids are not the same. Who leads whom is not known from it."),
            "Ask for organizational data with the same PersonId as in the person query.",
        ));
    } else if report.not_found > 0 {
        let people = report.found + report.not_found;
        let severity =
            if report.not_found as f64 / people as f64 > CARE_FROM { Severity::Care } else { Severity::Note };
        findings.push(Finding::about_people(
            "not_in_organization",
            severity,
            report.not_found,
            Sentence::default()
                .counted(report.not_found as u64, "person of the person query is", "people of the person query are")
                .words(format!(" not in {files}: whom they lead is not set.")),
            "Ask for organizational data of the same weeks, if these are many.",
        ));
    }
    if report.without_person > 0 {
        findings.push(Finding::about_file(
            "organization_without_person",
            Severity::Note,
            report.without_person,
            Sentence::default()
                .counted(report.without_person, "row", "rows")
                .words(format!(" of {files} without a PersonId were set aside.")),
            "Nothing, if they are few.",
        ));
    }
    findings
}
