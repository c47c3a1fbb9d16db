"""The job with polars: a lazy scan of the needed columns by the streaming engine, then groups in memory."""

import datetime

import polars as pl

import job


class Polars:
    def __init__(self, file: str) -> None:
        def seconds(hours: str) -> pl.Expr:
            return (pl.col(hours).fill_null(0) * 3600).round().cast(pl.Int32)

        types = {
            job.PERSON: pl.Categorical,
            job.DATE: pl.Date,
            job.ORGANIZATION: pl.Categorical,
            job.LAYER: pl.UInt8,
            job.EXTERNAL: pl.Float64,
            job.ONE_TO_ONE: pl.Float64,
        }
        self.rows = (
            pl.scan_csv(file, schema_overrides=types, null_values=job.NO_VALUE, infer_schema=False)
            .select(
                person=pl.col(job.PERSON),
                week=pl.col(job.DATE),
                organization=pl.col(job.ORGANIZATION).fill_null(job.NOT_SET),
                has_manager=pl.col(job.LAYER).ne_missing(0),
                external=seconds(job.EXTERNAL),
                one_to_one=seconds(job.ONE_TO_ONE),
            )
            .collect(engine="streaming")
        )

    def weeks(self) -> list[job.Week]:
        hours = pl.col("external")
        counted = self.rows.group_by("week", "organization").agg(
            pl.len(),
            up_to_four=(hours <= job.FOUR_HOURS).sum(),
            up_to_eight=((hours > job.FOUR_HOURS) & (hours <= job.EIGHT_HOURS)).sum(),
            over_eight=(hours > job.EIGHT_HOURS).sum(),
            exactly_four=(hours == job.FOUR_HOURS).sum(),
            exactly_eight=(hours == job.EIGHT_HOURS).sum(),
        )
        return [job.Week(*row) for row in counted.iter_rows()]

    def people(self, edges: list[datetime.date]) -> job.People:
        inside = self.rows.filter(~pl.col("week").is_in(edges)) if edges else self.rows
        external = inside.group_by("person").agg(pl.col("external").mean())["external"]
        one_to_one = self.rows.group_by("person").agg(pl.col("one_to_one").mean())["one_to_one"]
        by_organization = inside.group_by("organization").agg(pl.col("person").n_unique())
        return job.People(
            people=len(external),
            over_eight=(external > job.EIGHT_HOURS).sum(),
            mean_external_hours=external.mean() / 3600,
            mean_one_to_one_hours=one_to_one.mean() / 3600,
            by_organization=dict(by_organization.iter_rows()),
        )

    def months(self, complete: list[job.Complete]) -> job.Months:
        limits = pl.DataFrame(complete, schema=job.Complete._fields, orient="row")
        by_group = (
            self.rows.lazy()
            .filter(pl.col("has_manager"))
            .with_columns(month=pl.col("week").dt.truncate("1mo"))
            .group_by("person", "month", "organization")
            .agg(pl.len().alias("rows"), pl.col("one_to_one").sum())
            .join(limits.lazy(), on="month")
            .collect(engine="streaming")
        )
        company = by_group.group_by("person", "month").agg(
            pl.col("rows").sum(), pl.col("one_to_one").sum(), pl.col("rows_needed", "under_by_week_starts").first()
        )
        is_eligible = pl.col("rows") >= pl.col("rows_needed")
        eligible, members = company.filter(is_eligible), by_group.filter(is_eligible)
        people: dict[str | None, int] = {None: eligible["person"].n_unique()}
        people |= dict(members.group_by("organization").agg(pl.col("person").n_unique()).iter_rows())
        time = pl.col("one_to_one")
        counts = {
            "people": pl.len(),
            "none": (time == 0).sum(),
            "up_to_an_hour": ((time > 0) & (time <= job.AN_HOUR)).sum(),
            "over_an_hour": (time > job.AN_HOUR).sum(),
            "under_an_hour": (time < job.AN_HOUR).sum(),
            "under_by_week_starts": (time < pl.col("under_by_week_starts")).sum(),
            "exactly_an_hour": (time == job.AN_HOUR).sum(),
        }
        of_company = eligible.group_by("month").agg(**counts)
        of_groups = members.group_by("month", "organization").agg(**counts)
        months = [job.Month(row[0], None, *row[1:]) for row in of_company.iter_rows()]
        months += [job.Month(*row) for row in of_groups.iter_rows()]
        return job.Months(months, people, not_eligible=len(company) - len(eligible))


if __name__ == "__main__":
    job.main(Polars)
