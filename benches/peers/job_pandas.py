"""The job with pandas: the needed columns with exact types, then groups of categories.

`job_pandas.py FILE READER` with the reader `c`, which is pandas' own, or `pyarrow`. The latter is called itself and not
through `read_csv(engine="pyarrow")`, which took twice as long because it makes categories afterwards.
"""

import datetime
import sys

import pandas as pd
import pyarrow as pa
from pyarrow import csv as arrow_csv

import job


class Pandas:
    def __init__(self, file: str) -> None:
        read = {"c": read_by_itself, "pyarrow": read_by_pyarrow}[sys.argv[2]]
        self.prepare(read(file))

    def prepare(self, read: pd.DataFrame) -> None:
        """`read` has the columns of the job, texts as categories."""
        organizations = read[job.ORGANIZATION].cat.add_categories([job.NOT_SET]).fillna(job.NOT_SET)
        self.rows = pd.DataFrame(
            {
                "person": read[job.PERSON].cat.codes,
                "week": read[job.DATE].astype("category"),
                "organization": organizations,
                "has_manager": read[job.LAYER] != 0,
                "external": (read[job.EXTERNAL].fillna(0) * 3600).round().astype("int32"),
                "one_to_one": (read[job.ONE_TO_ONE].fillna(0) * 3600).round().astype("int32"),
            }
        )
        weeks = self.rows["week"].cat.categories
        self.starts = [pd.Timestamp(week).date() for week in weeks]

    def weeks(self) -> list[job.Week]:
        hours = self.rows["external"]
        flags = self.rows[["week", "organization"]].assign(
            people=True,
            up_to_four=hours <= job.FOUR_HOURS,
            up_to_eight=(hours > job.FOUR_HOURS) & (hours <= job.EIGHT_HOURS),
            over_eight=hours > job.EIGHT_HOURS,
            exactly_four=hours == job.FOUR_HOURS,
            exactly_eight=hours == job.EIGHT_HOURS,
        )
        counted = flags.groupby(["week", "organization"], observed=True, sort=False).sum()
        dates = dict(zip(self.rows["week"].cat.categories, self.starts))
        return [job.Week(dates[week], name, *map(int, row)) for (week, name), row in zip(counted.index, counted.values)]

    def people(self, edges: list[datetime.date]) -> job.People:
        inside = self.rows
        if edges:
            inside = inside[~inside["week"].cat.codes.isin([self.starts.index(edge) for edge in edges])]
        external = inside.groupby("person", sort=False)["external"].mean()
        one_to_one = self.rows.groupby("person", sort=False)["one_to_one"].mean()
        by_organization = inside.groupby("organization", observed=True)["person"].nunique()
        return job.People(
            people=len(external),
            over_eight=int((external > job.EIGHT_HOURS).sum()),
            mean_external_hours=external.mean() / 3600,
            mean_one_to_one_hours=one_to_one.mean() / 3600,
            by_organization=by_organization.to_dict(),
        )

    def months(self, complete: list[job.Complete]) -> job.Months:
        # The place of each week's month among the complete ones; -1 for the others.
        places = {month.month: place for place, month in enumerate(complete)}
        of_week = pd.Series([places.get(start.replace(day=1), -1) for start in self.starts], dtype="int8")
        month = of_week.to_numpy()[self.rows["week"].cat.codes]
        rows = self.rows.assign(month=month)[self.rows["has_manager"] & (month >= 0)]
        keys = ["person", "month", "organization"]
        by_group = rows.groupby(keys, observed=True, sort=False)["one_to_one"].agg(["size", "sum"]).reset_index()
        company = by_group.groupby(["person", "month"], sort=False)[["size", "sum"]].sum().reset_index()
        limits = pd.DataFrame(complete)

        def eligible(of: pd.DataFrame) -> pd.DataFrame:
            return of[of["size"].to_numpy() >= limits["rows_needed"].to_numpy()[of["month"]]]

        def counted(of: pd.DataFrame, by: list[str]) -> pd.DataFrame:
            time = of["sum"]
            flags = of[by].assign(
                people=True,
                none=time == 0,
                up_to_an_hour=(time > 0) & (time <= job.AN_HOUR),
                over_an_hour=time > job.AN_HOUR,
                under_an_hour=time < job.AN_HOUR,
                under_by_week_starts=time.to_numpy() < limits["under_by_week_starts"].to_numpy()[of["month"]],
                exactly_an_hour=time == job.AN_HOUR,
            )
            return flags.groupby(by, observed=True, sort=False).sum()

        of_company, of_groups = eligible(company), eligible(by_group)
        everyone, groups = counted(of_company, ["month"]), counted(of_groups, ["month", "organization"])
        months = [
            job.Month(complete[place].month, None, *map(int, row))
            for place, row in zip(everyone.index, everyone.values)
        ]
        months += [
            job.Month(complete[place].month, name, *map(int, row))
            for (place, name), row in zip(groups.index, groups.values)
        ]
        people: dict[str | None, int] = {None: of_company["person"].nunique()}
        people |= of_groups.groupby("organization", observed=True)["person"].nunique().to_dict()
        return job.Months(months, people, not_eligible=len(company) - len(of_company))


def read_by_itself(file: str) -> pd.DataFrame:
    # Few distinct texts: as categories they are compared as numbers.
    types = {job.PERSON: "category", job.DATE: "category", job.ORGANIZATION: "category"}
    types |= {job.LAYER: "float32", job.EXTERNAL: "float64", job.ONE_TO_ONE: "float64"}
    return pd.read_csv(file, usecols=job.COLUMNS, dtype=types, na_values=job.NO_VALUE, engine="c")


def read_by_pyarrow(file: str) -> pd.DataFrame:
    category = pa.dictionary(pa.int32(), pa.string())
    types = {job.PERSON: category, job.DATE: pa.date32(), job.ORGANIZATION: category}
    types |= {job.LAYER: pa.float32(), job.EXTERNAL: pa.float64(), job.ONE_TO_ONE: pa.float64()}
    convert = arrow_csv.ConvertOptions(
        include_columns=job.COLUMNS, column_types=types, null_values=job.NO_VALUE, strings_can_be_null=True
    )
    # Each block of the file has its own dictionaries; pandas wants one.
    return arrow_csv.read_csv(file, convert_options=convert).unify_dictionaries().to_pandas()


if __name__ == "__main__":
    job.main(Pandas)
