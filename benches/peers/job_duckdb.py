"""The job with duckdb: the needed columns into a table with all threads, then SQL."""

import csv
import datetime

import duckdb

import job


class Duckdb:
    def __init__(self, file: str) -> None:
        # Explicit types leave nothing to be guessed from the rows; columns that are not selected are not converted.
        with open(file, encoding="utf-8", newline="") as head:
            headers = next(csv.reader(head))
        types = {job.DATE: "DATE", job.LAYER: "UTINYINT", job.EXTERNAL: "DOUBLE", job.ONE_TO_ONE: "DOUBLE"}
        columns = {header: types.get(header, "VARCHAR") for header in headers}
        self.connection = duckdb.connect()
        self.connection.execute("SET preserve_insertion_order = false")
        self.connection.execute(
            f"""
            CREATE TEMP TABLE person_weeks AS
            SELECT "{job.PERSON}" AS person, "{job.DATE}" AS week, date_trunc('month', "{job.DATE}")::DATE AS month,
                   coalesce("{job.ORGANIZATION}", $not_set) AS organization,
                   "{job.LAYER}" IS DISTINCT FROM 0 AS has_manager,
                   round_even(coalesce("{job.EXTERNAL}", 0) * 3600, 0)::INTEGER AS external,
                   round_even(coalesce("{job.ONE_TO_ONE}", 0) * 3600, 0)::INTEGER AS one_to_one
            FROM read_csv($file, columns = $columns, header = true, auto_detect = false, delim = ',', quote = '"',
                          escape = '"', nullstr = $no_value, parallel = true)
            """,
            {"file": file, "columns": columns, "no_value": job.NO_VALUE, "not_set": job.NOT_SET},
        )

    def weeks(self) -> list[job.Week]:
        counted = self.connection.execute(
            f"""
            SELECT week, organization, count(*),
                   count(*) FILTER (external <= {job.FOUR_HOURS}),
                   count(*) FILTER (external > {job.FOUR_HOURS} AND external <= {job.EIGHT_HOURS}),
                   count(*) FILTER (external > {job.EIGHT_HOURS}),
                   count(*) FILTER (external = {job.FOUR_HOURS}),
                   count(*) FILTER (external = {job.EIGHT_HOURS})
            FROM person_weeks GROUP BY week, organization
            """
        )
        return [job.Week(*row) for row in counted.fetchall()]

    def people(self, edges: list[datetime.date]) -> job.People:
        averages = self.connection.execute(
            f"""
            SELECT count(external), count(*) FILTER (external > {job.EIGHT_HOURS}), avg(external) / 3600,
                   avg(one_to_one) / 3600
            FROM (SELECT avg(external) FILTER (week NOT IN (SELECT unnest($edges::DATE[]))) AS external,
                         avg(one_to_one) AS one_to_one
                  FROM person_weeks GROUP BY person)
            """,
            {"edges": edges},
        )
        averages = averages.fetchone()
        by_organization = self.connection.execute(
            """
            SELECT organization, count(*)
            FROM (SELECT DISTINCT organization, person FROM person_weeks
                  WHERE week NOT IN (SELECT unnest($edges::DATE[])))
            GROUP BY organization
            """,
            {"edges": edges},
        )
        return job.People(*averages, dict(by_organization.fetchall()))

    def months(self, complete: list[job.Complete]) -> job.Months:
        self.connection.execute(
            """
            CREATE TEMP TABLE complete (month DATE, rows_needed INTEGER, under_by_week_starts INTEGER);
            """
        )
        self.connection.executemany("INSERT INTO complete VALUES (?, ?, ?)", complete)
        self.connection.execute(
            """
            CREATE TEMP TABLE by_group AS
            SELECT person, month, organization, count(*) AS rows, sum(one_to_one) AS one_to_one
            FROM person_weeks WHERE has_manager GROUP BY person, month, organization;

            CREATE TEMP TABLE person_months AS
            SELECT person, month, NULL AS organization, sum(rows) >= any_value(rows_needed) AS is_eligible,
                   sum(one_to_one) AS one_to_one, any_value(under_by_week_starts) AS under_by_week_starts
            FROM by_group JOIN complete USING (month) GROUP BY person, month
            UNION ALL
            SELECT person, month, organization, rows >= rows_needed, one_to_one, under_by_week_starts
            FROM by_group JOIN complete USING (month)
            """
        )
        months = self.connection.execute(
            f"""
            SELECT month, organization, count(*),
                   count(*) FILTER (one_to_one = 0),
                   count(*) FILTER (one_to_one > 0 AND one_to_one <= {job.AN_HOUR}),
                   count(*) FILTER (one_to_one > {job.AN_HOUR}),
                   count(*) FILTER (one_to_one < {job.AN_HOUR}),
                   count(*) FILTER (one_to_one < under_by_week_starts),
                   count(*) FILTER (one_to_one = {job.AN_HOUR})
            FROM person_months WHERE is_eligible GROUP BY month, organization
            """
        )
        months = [job.Month(*row) for row in months.fetchall()]
        people = self.connection.execute(
            """
            SELECT organization, count(*)
            FROM (SELECT DISTINCT organization, person FROM person_months WHERE is_eligible) GROUP BY organization
            """
        )
        people = dict(people.fetchall())
        not_eligible = self.connection.execute(
            "SELECT count(*) FROM person_months WHERE organization IS NULL AND NOT is_eligible"
        )
        return job.Months(months, people, not_eligible.fetchone()[0])


if __name__ == "__main__":
    job.main(Duckdb)
