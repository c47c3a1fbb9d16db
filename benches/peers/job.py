"""The job that every peer does, as far as it does not hang on the peer: which numbers, and how they are made of counts.

A peer reads the file in its own best way and counts; here the counts become the numbers that `customer-focus insights`
shows, by the definitions in the documentation of `src/insights`: external collaboration over 8 hours with its bands
by week and by organization, less than 15 minutes of 1:1 a week with its bands by month and by organization, and means.

The result is flat: `external_over_8h.trend.2025-06-08.share`, and so on. Whole numbers are counts.
"""

import datetime
import json
import math
import statistics
import sys
import time
from typing import NamedTuple, Protocol

PERSON, DATE, ORGANIZATION, LAYER = "PersonId", "MetricDate", "Organization", "Layer"
EXTERNAL, ONE_TO_ONE = "External collaboration hours", "Meeting hours with manager 1:1"
COLUMNS = [PERSON, DATE, ORGANIZATION, LAYER, EXTERNAL, ONE_TO_ONE]
NO_VALUE = ["", "NA", "N/A", "#N/A", "NULL"]
NOT_SET = "(Not set)"

# Hours become whole seconds, half to even, before they are compared.
FOUR_HOURS, EIGHT_HOURS, AN_HOUR, QUARTER_HOUR = 4 * 3600, 8 * 3600, 3600, 900


class Week(NamedTuple):
    """People of one organization in one week, by their external hours."""

    week: datetime.date
    organization: str
    people: int
    up_to_four: int
    up_to_eight: int
    over_eight: int
    exactly_four: int
    exactly_eight: int


class People(NamedTuple):
    """People over all weeks: in `edges` nothing counts but the 1:1 hours."""

    people: int
    over_eight: int
    mean_external_hours: float
    mean_one_to_one_hours: float
    by_organization: dict[str, int]


class Month(NamedTuple):
    """Eligible people of one month, by their 1:1 time; `organization` is None for the company."""

    month: datetime.date
    organization: str | None
    people: int
    none: int
    up_to_an_hour: int
    over_an_hour: int
    under_an_hour: int
    under_by_week_starts: int
    exactly_an_hour: int


class Months(NamedTuple):
    months: list[Month]
    # Eligible at least once; None for the company.
    people: dict[str | None, int]
    # Person-months of the company.
    not_eligible: int


class Complete(NamedTuple):
    """A month of which every week start is in the file."""

    month: datetime.date
    # Eligible is who has so many rows.
    rows_needed: int
    # The other reading's limit: 15 minutes for each week start.
    under_by_week_starts: int


class Peer(Protocol):
    """What each peer can do. It has read the columns it needs once it exists."""

    def weeks(self) -> list[Week]: ...

    def people(self, edges: list[datetime.date]) -> People: ...

    def months(self, complete: list[Complete]) -> Months: ...


def main(peer: type) -> None:
    """`PROGRAM FILE`: prints the numbers, and the seconds from here on, which leave out Python's start and imports."""
    begun = time.perf_counter()
    numbers = answer(peer(sys.argv[1]))
    print(json.dumps({"seconds": time.perf_counter() - begun, "numbers": numbers}))


def answer(peer: Peer) -> dict[str, float]:
    weeks = peer.weeks()
    edges = edge_weeks(weeks)
    numbers = {"rows": sum(week.people for week in weeks)}
    people = peer.people(edges)
    numbers |= external(weeks, edges, people)
    numbers |= one_to_ones(peer.months(complete_months({week.week for week in weeks})))
    numbers["metrics.manager_1_1_hours"] = people.mean_one_to_one_hours
    return numbers


def edge_weeks(weeks: list[Week]) -> list[datetime.date]:
    """The first and the last week where they have fewer than half of the median week's people."""
    people: dict[datetime.date, int] = {}
    for week in weeks:
        people[week.week] = people.get(week.week, 0) + week.people
    median = statistics.median(people.values())
    return [week for week in {min(people), max(people)} if people[week] < median / 2]


def external(weeks: list[Week], edges: list[datetime.date], people: People) -> dict[str, float]:
    weeks = sorted(week for week in weeks if week.week not in edges)
    numbers: dict[str, float] = {}
    shares = []
    for start in sorted({week.week for week in weeks}):
        counts = [sum(column) for column in zip(*(week[2:] for week in weeks if week.week == start))]
        numbers[f"trend.{start}.people"] = counts[0]
        numbers[f"trend.{start}.share"] = counts[3] / counts[0]
        shares.append([count / counts[0] for count in counts[1:4]])
    for index, share in enumerate(statistics.fmean(band) for band in zip(*shares)):
        numbers[f"bands.{index}"] = share
    numbers["share"] = numbers["bands.2"]
    numbers["people"] = people.people
    numbers["boundaries.4"] = sum(week.exactly_four for week in weeks)
    numbers["boundaries.8"] = sum(week.exactly_eight for week in weeks)
    numbers["external_person_mean_over_8h"] = people.over_eight / people.people
    for organization, members in people.by_organization.items():
        of_it = [week.over_eight / week.people for week in weeks if week.organization == organization]
        numbers[f"groups.{organization}.people"] = members
        numbers[f"groups.{organization}.share"] = statistics.fmean(of_it)
    numbers = {f"external_over_8h.{name}": number for name, number in numbers.items()}
    return numbers | {"metrics.external_hours": people.mean_external_hours}


def complete_months(weeks: set[datetime.date]) -> list[Complete]:
    """Months of which every week start lies between the first and the last week of the file."""
    first, last = min(weeks), max(weeks)
    starts: dict[datetime.date, int] = {}
    # One month beyond both ends, so that the cut months are seen to be cut.
    for week in range(-5, (last - first).days // 7 + 6):
        start = first + datetime.timedelta(weeks=week)
        month = start.replace(day=1)
        is_inside = first <= start <= last
        starts[month] = starts.get(month, 0) + 1 if is_inside and starts.get(month, 0) is not None else None
    complete = [(month, count) for month, count in starts.items() if count]
    if not complete:
        sys.exit("No month of this file is complete. The comparison needs at least nine weeks.")
    return [Complete(month, math.ceil(count * 3 / 4), count * QUARTER_HOUR) for month, count in complete]


def one_to_ones(months: Months) -> dict[str, float]:
    numbers: dict[str, float] = {}
    company = sorted(month for month in months.months if month.organization is None)
    for month in company:
        numbers[f"trend.{month.month}.people"] = month.people
        numbers[f"trend.{month.month}.share"] = month.under_an_hour / month.people
    for index, name in enumerate(["none", "up_to_an_hour", "over_an_hour"]):
        numbers[f"bands.{index}"] = statistics.fmean(getattr(month, name) / month.people for month in company)
    numbers["share"] = statistics.fmean(month.under_an_hour / month.people for month in company)
    numbers["coaching_under_15_min_wpa"] = statistics.fmean(
        month.under_by_week_starts / month.people for month in company
    )
    numbers["boundaries.1"] = sum(month.exactly_an_hour for month in company)
    numbers["people"] = months.people[None]
    numbers["not_eligible"] = months.not_eligible
    for organization, people in months.people.items():
        if organization is not None:
            of_it = [month for month in months.months if month.organization == organization]
            numbers[f"groups.{organization}.people"] = people
            numbers[f"groups.{organization}.share"] = statistics.fmean(
                month.under_an_hour / month.people for month in of_it
            )
    return {f"coaching_under_15_min.{name}": number for name, number in numbers.items()}
