#!/usr/bin/env python3
"""Compares `customer-focus insights` with polars, duckdb, pandas and vivainsights at the same job on the same file.

Makes the file, installs the peers in an environment of their own, checks that all give the same numbers, runs them in
turns with the file in the system's cache, and prints medians and ratios. Needs Python 3.11 and its standard library, a
network for the first run, and Linux or macOS. See README.md in the folder above.

    cargo build --release
    benches/peers/compare.py                       # 10,000 people, 52 weeks
    benches/peers/compare.py --large               # 100,000 people, 52 weeks
    benches/peers/compare.py --lean                # only the columns of the job have names that mean something
    benches/peers/compare.py --shapes              # the program alone: the file quoted, shuffled, zipped ...
    benches/peers/compare.py --curve               # the program alone: from 10 thousand to 10 million rows
"""

import argparse
import contextlib
import datetime
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
README = HERE.parent / "README.md"
PEERS = ["polars", "duckdb", "pandas", "vivainsights"]
# Each way of a peer is a row of the table: its words and its arguments after the file.
WAYS = {"pandas": {"pandas": ["c"], "pandas, read by pyarrow": ["pyarrow"]}}
SHAPES = ["other_line_ends", "shuffled", "by_person", "quoted", "newlines", "zipped"]
PROGRAM, YARDSTICK = "customer-focus", "wc -l"
COLUMNS = 73
LARGE_PEOPLE = 100_000
CURVE_ROWS = [10_000, 100_000, 1_000_000, 3_000_000, 10_000_000]
# Of 52 weeks a person of the sample company has a row in about 46.
WEEKS, ROWS_A_PERSON = 52, 46
MEANS_AGREE_TO = 1e-9


class Run(NamedTuple):
    """What the system counted for one run: seconds, seconds of all cores, MiB; and what the program itself measured."""

    wall: float
    cpu: float
    peak: float
    without_start: float | None


class Bench:
    """Where things are, and what is run."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        self.folder = folder
        self.output = folder / "output"
        self.program = options.program or release_program()
        self.is_from_here = not options.program
        self.rounds = options.rounds
        self.load = os.getloadavg()[0]
        # pip has compiled the peers; nothing is left beside these scripts.
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        if not self.program.is_file():
            sys.exit(f"There is no program at {self.program}. Run `cargo build --release`, or give --program.")

    def run(self, command: list[str]) -> Run:
        measure = [sys.executable, "-I", "-S", str(HERE / "measure.py"), str(self.output)]
        measured = subprocess.run(measure + command, stdout=subprocess.PIPE, check=True)
        counted = json.loads(measured.stdout)
        # The program ends with 1 where its data check has a finding.
        allowed = (0, 1) if command[0] == str(self.program) else (0,)
        if counted["exit_code"] not in allowed:
            sys.exit(f"Ended with {counted['exit_code']}: {' '.join(command)}")
        is_peer = any(argument.startswith(str(HERE)) for argument in command)
        own = json.loads(self.output.read_bytes())["seconds"] if is_peer else None
        return Run(counted["wall"], counted["cpu"], counted["peak"], own)

    def in_turns(self, commands: dict[str, list[str]]) -> dict[str, list[Run]]:
        """Each in each round; the next round begins with the next one."""
        runs: dict[str, list[Run]] = {name: [] for name in commands}
        names = list(commands)
        for index in range(self.rounds):
            first = index % len(names)
            for name in names[first:] + names[:first]:
                say(f"round {index + 1} of {self.rounds}: {name}")
                runs[name].append(self.run(commands[name]))
        return runs

    def version(self) -> str:
        """With the commit where the program was built from this repository."""
        version = subprocess.run(
            [self.program, "--version"], stdout=subprocess.PIPE, text=True, check=True
        ).stdout.strip()
        if not self.is_from_here:
            return version
        describe = ["git", "describe", "--always", "--dirty"]
        commit = subprocess.run(describe, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True, check=False).stdout.strip()
        return f"{version} at {commit}"

    def insights(self, file: Path) -> list[str]:
        return [str(self.program), "insights", str(file)]

    def answer(self, file: Path) -> dict:
        self.run([*self.insights(file), "--by", "Organization", "--format", "json"])
        return json.loads(self.output.read_bytes())

    def sample(self, people: int, weeks: int) -> Path:
        folder = self.folder / f"{people}x{weeks}"
        files = list(folder.glob("*person-query*.csv"))
        if not files:
            say(f"writing the sample company of {people:,} people and {weeks} weeks")
            size = ["--people", str(people), "--weeks", str(weeks), "--columns", str(COLUMNS)]
            subprocess.run([self.program, "sample", folder, *size], stdout=subprocess.DEVNULL, check=True)
            files = list(folder.glob("*person-query*.csv"))
        return files[0]

    def shaped(self, file: Path, shape: str) -> Path:
        """The file in another shape, see `shapes.py`."""
        target = self.folder / f"{file.parent.name}-{shape}" / file.name
        if shape == "zipped":
            target = target.with_suffix(".zip")
        if not target.exists():
            say(f"writing the file in the shape {shape}")
            target.parent.mkdir(parents=True, exist_ok=True)
            subprocess.run([sys.executable, HERE / "shapes.py", file, shape, target], check=True)
        return target

    def environment(self) -> str:
        """A Python with the peers."""
        python = self.folder / "environment" / "bin" / "python"
        if not python.exists():
            say("installing the peers in an environment of their own")
            subprocess.run([sys.executable, "-m", "venv", python.parent.parent], check=True)
        install = [
            python,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "-r",
            HERE / "requirements.txt",
        ]
        subprocess.run(install, check=True)
        return str(python)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def release_program() -> Path:
    """The program as `cargo build --release` makes it."""
    metadata = ["cargo", "metadata", "--no-deps", "--format-version", "1"]
    found = subprocess.run(metadata, cwd=REPOSITORY, stdout=subprocess.PIPE, check=True)
    return Path(json.loads(found.stdout)["target_directory"]) / "release" / PROGRAM


# The comparison


def compare_peers(bench: Bench, file: Path, peers: list[str]) -> str:
    python = bench.environment()
    numbers = shown_numbers(bench.answer(file))
    commands = {YARDSTICK: ["wc", "-l", str(file)], PROGRAM: bench.insights(file)}
    for peer in peers:
        for name, arguments in WAYS.get(peer, {peer: []}).items():
            commands[name] = [python, str(HERE / f"job_{peer}.py"), str(file), *arguments]
            say(f"checking the numbers of {name}")
            bench.run(commands[name])
            check_same(name, numbers, json.loads(bench.output.read_bytes())["numbers"])
    say(f"all {len(numbers)} numbers are the same in all programs")
    runs = bench.in_turns(commands)
    head = (
        f"{numbers['rows']:,} rows, {COLUMNS} columns, {mebibytes(file)}; medians of {bench.rounds} rounds; "
        f"{len(numbers)} numbers the same in all programs."
    )
    return f"{head}\n\n{peers_table(runs)}\n\n{machine(bench, python, peers)}"


def peers_table(runs: dict[str, list[Run]]) -> str:
    middle = {name: median(of) for name, of in runs.items()}
    lines, product = middle[YARDSTICK], middle[PROGRAM]
    rows = []
    for name, run in middle.items():
        own = run.without_start
        rows.append(
            [
                f"`{name}`" if name in (YARDSTICK, PROGRAM) else name,
                f"{run.wall:.2f}",
                f"{run.cpu:.2f}",
                f"{run.peak:,.0f}",
                f"{run.wall / lines.wall:.1f}",
                f"{run.cpu / lines.cpu:.1f}",
                f"{run.wall / product.wall:.1f}",
                f"{own / product.wall:.1f}" if own else "",
            ]
        )
    figures = ["wall, s", "CPU, s", "peak, MiB"]
    ratios = ["wall ÷ `wc`", "CPU ÷ `wc`", "wall ÷ ours", "without start ÷ ours"]
    return table(["", *figures, *ratios], rows)


def shown_numbers(answer: dict) -> dict[str, float]:
    """The numbers of the job out of the program's JSON, named as in `job.py`."""
    numbers: dict[str, float] = {"rows": sum(source["rows_used"] for source in answer["sources"])}
    insights = {insight["id"]: insight for insight in answer["insights"]}
    for name in ("external_over_8h", "coaching_under_15_min"):
        insight = insights[name]
        if not insight["available"]:
            sys.exit(f"The program has no {name} for this file. The comparison needs it.")
        found = {"share": insight["share"], "people": insight["people"]}
        for point in insight["trend"]:
            found |= {f"trend.{point['period']}.{key}": point[key] for key in ("people", "share")}
        found |= {f"bands.{index}": band["share"] for index, band in enumerate(insight["bands"])}
        found |= {f"boundaries.{boundary['at']:.0f}": boundary["count"] for boundary in insight["boundaries"]}
        found |= {reading["id"]: reading["share"] for reading in insight["other_readings"]}
        for group in insight["groups"]["Organization"]:
            found |= {f"groups.{group['value']}.{key}": group[key] for key in ("people", "share")}
        numbers |= {f"{name}.{key}": value for key, value in found.items()}
    numbers["coaching_under_15_min.not_eligible"] = insights["coaching_under_15_min"]["not_eligible"]
    means = {metric["id"]: metric["mean_per_person_period"] for metric in answer["metrics"]}
    return numbers | {f"metrics.{name}": means[name] for name in ("external_hours", "manager_1_1_hours")}


def check_same(name: str, ours: dict[str, float], theirs: dict[str, float]) -> None:
    """Ends the program where a number differs; groups that the program hides may be there besides."""
    joined = ".groups.Other ("
    wrong = [
        f"  {key}: {theirs.get(key)}, and {number} by {PROGRAM}"
        for key, number in ours.items()
        if joined not in key and not is_same(number, theirs.get(key))
    ]
    wrong += [f"  {key}: not by {PROGRAM}" for key in theirs if key not in ours and ".groups." not in key]
    if wrong:
        sys.exit("\n".join([f"{name} gives other numbers:", *wrong[:20], f"{len(wrong)} in all"]))


def is_same(one: object, other: object) -> bool:
    """Counts and texts exactly, means to `MEANS_AGREE_TO`; lists and objects through and through."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(is_same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(is_same(*pair) for pair in zip(one, other))
    if isinstance(one, float) or isinstance(other, float):
        return isinstance(one, (int, float)) and isinstance(other, (int, float)) and abs(one - other) <= MEANS_AGREE_TO
    return one == other


# The program alone


def compare_shapes(bench: Bench, file: Path) -> str:
    plain = bench.answer(file)
    commands = {"plain": bench.insights(file)}
    for shape in SHAPES:
        target = bench.shaped(file, shape)
        answer = bench.answer(target)
        wrong = [key for key in ("population", "insights", "metrics") if not is_same(plain[key], answer[key])]
        if wrong:
            sys.exit(f"The shape {shape} gives other numbers than the plain file: {', '.join(wrong)}.")
        commands[shape] = bench.insights(target)
    runs = {shape: median(of) for shape, of in bench.in_turns(commands).items()}
    rows = []
    for shape, run in runs.items():
        size = mebibytes(Path(commands[shape][-1]))
        wall, cpu = run.wall / runs["plain"].wall, run.cpu / runs["plain"].cpu
        name = shape.replace("_", " ")
        rows.append([name, size, f"{run.wall:.2f}", f"{run.cpu:.2f}", f"{run.peak:,.0f}", f"{wall:.2f}", f"{cpu:.2f}"])
    head = ["shape", "file", "wall, s", "CPU, s", "peak, MiB", "wall ÷ plain", "CPU ÷ plain"]
    count = sum(source["rows_used"] for source in plain["sources"])
    text = f"{count:,} rows; medians of {bench.rounds} rounds; the same numbers in every shape."
    return f"{text}\n\n{table(head, rows)}\n\n{machine(bench)}"


def draw_curve(bench: Bench, most_rows: int) -> str:
    rows = []
    for wanted in (wanted for wanted in CURVE_ROWS if wanted <= most_rows):
        file = bench.sample(wanted // ROWS_A_PERSON, WEEKS)
        used = sum(source["rows_used"] for source in bench.answer(file)["sources"])
        runs = bench.in_turns({YARDSTICK: ["wc", "-l", str(file)], PROGRAM: bench.insights(file)})
        lines, run = median(runs[YARDSTICK]), median(runs[PROGRAM])
        by_row = [f"{run.cpu / used * 1e6:.2f}", f"{run.peak * 2**20 / used:,.0f}"]
        ratios = [f"{run.wall / lines.wall:.1f}", f"{run.cpu / lines.cpu:.1f}"]
        rows.append(
            [f"{used:,}", mebibytes(file), f"{run.wall:.2f}", f"{run.cpu:.2f}", f"{run.peak:,.0f}", *by_row, *ratios]
        )
    head = [
        "rows",
        "file",
        "wall, s",
        "CPU, s",
        "peak, MiB",
        "CPU, µs a row",
        "peak, bytes a row",
        "wall ÷ `wc`",
        "CPU ÷ `wc`",
    ]
    return f"{COLUMNS} columns; medians of {bench.rounds} rounds.\n\n{table(head, rows)}\n\n{machine(bench)}"


# Words


def median(runs: list[Run]) -> Run:
    """Each figure's own median."""
    own = [run.without_start for run in runs if run.without_start is not None]
    figures = [statistics.median(column) for column in list(zip(*runs))[:3]]
    return Run(*figures, statistics.median(own) if own else None)


def table(head: list[str], rows: list[list[str]]) -> str:
    alignment = ["---"] + ["---:"] * (len(head) - 1)
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, alignment, *rows])


def mebibytes(file: Path) -> str:
    return f"{file.stat().st_size / 2**20:,.0f} MiB"


def machine(bench: Bench, python: str | None = None, peers: list[str] = ()) -> str:
    """The day, the machine and what it did besides, and the versions."""
    processor, memory, system = platform.processor(), "", platform.platform()
    with contextlib.suppress(OSError):
        known = [line.split(":", 1) for line in Path("/proc/cpuinfo").read_text().splitlines() if ":" in line]
        processor = next((value.strip() for key, value in known if key.startswith("model name")), processor)
        total = Path("/proc/meminfo").read_text().split()[1]
        memory = f", {int(total) / 2**20:.0f} GiB of memory"
        kernel = ".".join(platform.release().split(".")[:2])
        system = f"{platform.freedesktop_os_release()['PRETTY_NAME']}, Linux {kernel}"
    versions = [bench.version(), f"Python {platform.python_version()}"]
    if python:
        listed = subprocess.run([python, "-m", "pip", "freeze"], stdout=subprocess.PIPE, check=True, text=True)
        wanted = {*peers, *(["pyarrow"] if "pandas" in peers else [])}
        versions += [line.replace("==", " ") for line in listed.stdout.splitlines() if line.split("==")[0] in wanted]
    today = datetime.date.today().isoformat()
    cores = f"{os.cpu_count()} cores with a load of {bench.load:.1f} beforehand"
    return f"{today}; {processor}, {cores}{memory}; {system}; {', '.join(versions)}."


def write_between(name: str, text: str) -> None:
    """Replaces what stands between the two comments of this name in the README."""
    start, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    before, found, rest = README.read_text(encoding="utf-8").partition(start)
    _, found_end, after = rest.partition(end)
    if not (found and found_end):
        sys.exit(f"{README.name} has no place for this table. It needs the lines {start.strip()} and {end}.")
    README.write_text(f"{before}{start}\n{text}\n\n{end}{after}", encoding="utf-8")


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--shapes", action="store_true", help="the program alone, on one file in several shapes")
    kind.add_argument(
        "--curve", action="store_true", help="the program alone, on files of 10 thousand to 10 million rows"
    )
    parser.add_argument("--program", type=Path, help="customer-focus; default: what `cargo build --release` made")
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--weeks", type=int, default=WEEKS, help="at least nine")
    parser.add_argument("--large", action="store_true", help=f"{LARGE_PEOPLE:,} people")
    parser.add_argument("--lean", action="store_true", help="other columns than those of the job get unknown headers")
    parser.add_argument("--most-rows", type=int, default=CURVE_ROWS[-1], help="where the curve ends")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", nargs="+", choices=PEERS, default=PEERS)
    parser.add_argument("--folder", type=Path, help="keep files and environment here; default: a temporary folder")
    parser.add_argument("--write", action="store_true", help="put the table into benches/README.md")
    options = parser.parse_args()
    if options.large:
        options.people = LARGE_PEOPLE
    return options


def main() -> None:
    options = parsed()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="customer-focus-peers-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        bench = Bench(options, folder)
        if options.curve:
            name, text = "curve", draw_curve(bench, options.most_rows)
        else:
            file = bench.sample(options.people, options.weeks)
            if options.lean:
                file = bench.shaped(file, "lean")
            if options.shapes:
                name, text = f"shapes {file.parent.name}", compare_shapes(bench, file)
            else:
                name, text = f"peers {file.parent.name}", compare_peers(bench, file, options.peers)
    finally:
        if not options.folder:
            shutil.rmtree(folder)
    print(text)
    if options.write:
        write_between(name, text)


if __name__ == "__main__":
    main()
