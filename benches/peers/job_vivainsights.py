"""The job with vivainsights: its `import_query`, then pandas on what it gives."""

import pandas as pd
import vivainsights

import job
from job_pandas import Pandas


class Vivainsights(Pandas):
    def __init__(self, file: str) -> None:
        read = vivainsights.import_query(file)
        # It puts an underscore for everything that is not a letter or digit.
        spelled = {column: "".join(c if c.isalnum() else "_" for c in column) for column in job.COLUMNS}
        columns = {column: read[name] for column, name in spelled.items()}
        for column in (job.PERSON, job.DATE, job.ORGANIZATION):
            columns[column] = columns[column].astype("category")
        self.prepare(pd.DataFrame(columns))


if __name__ == "__main__":
    job.main(Vivainsights)
