"""Writes one person query in another shape. The numbers of the job stay the same.

`shapes.py FILE SHAPE TARGET`; the shapes are listed at the end of this file. A program of its own, so that the memory
it takes is not counted for the program that is measured.
"""

import csv
import itertools
import random
import sys
import zipfile
from pathlib import Path

import job

SEED = 33
# FunctionType is in no number of the comparison.
BROKEN_COLUMN, BROKEN_SHARE = "FunctionType", 0.02


def lines(file: Path) -> tuple[bytes, list[bytes]]:
    with open(file, "rb") as opened:
        header = opened.readline()
        return header, opened.readlines()


def shuffled(file: Path, target: Path) -> None:
    """Rows in no order."""
    header, rows = lines(file)
    random.Random(SEED).shuffle(rows)
    target.write_bytes(header)
    with open(target, "ab") as out:
        out.writelines(rows)


def by_person(file: Path, target: Path) -> None:
    """All rows of a person one after the other; the file has them by week."""
    header, rows = lines(file)
    rows.sort(key=lambda row: row[: row.index(b",")])
    target.write_bytes(header)
    with open(target, "ab") as out:
        out.writelines(rows)


def other_line_ends(file: Path, target: Path) -> None:
    """CRLF for LF, or LF for CRLF."""
    with open(file, "rb") as opened, open(target, "wb") as out:
        for line in opened:
            out.write(line[:-2] + b"\n" if line.endswith(b"\r\n") else line[:-1] + b"\r\n")


def quoted(file: Path, target: Path) -> None:
    """Every cell in quotes."""
    with open(file, newline="", encoding="utf-8") as opened, open(target, "w", newline="", encoding="utf-8") as out:
        csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(csv.reader(opened))


def newlines(file: Path, target: Path) -> None:
    """A line end within a quoted cell, in two rows of a hundred."""
    dice = random.Random(SEED)
    with open(file, newline="", encoding="utf-8") as opened, open(target, "w", newline="", encoding="utf-8") as out:
        reader, writer = csv.reader(opened), csv.writer(out, lineterminator="\n")
        header = next(reader)
        column = header.index(BROKEN_COLUMN)
        writer.writerow(header)
        for row in reader:
            if dice.random() < BROKEN_SHARE:
                row[column] += "\nand more"
            writer.writerow(row)


def zipped(file: Path, target: Path) -> None:
    """In a zip file, as the export is downloaded."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        archive.write(file, file.name)


def lean(file: Path, target: Path) -> None:
    """The columns of the job under their names; all others are numbers under headers that nothing is known of."""
    with open(file, newline="", encoding="utf-8") as opened, open(target, "w", newline="", encoding="utf-8") as out:
        reader, writer = csv.reader(opened), csv.writer(out, lineterminator="\n")
        header, first = next(reader), next(reader)
        others = [index for index, name in enumerate(header) if name not in job.COLUMNS]
        writer.writerow(f"Custom measure {index}" if index in others else name for index, name in enumerate(header))
        words = [index for index in others if not first[index].replace(".", "").isdigit()]
        for number, row in enumerate(itertools.chain([first], reader)):
            for index in words:
                row[index] = f"{(number * 7919 + index * 31) % 9973 / 7:.13f}"
            writer.writerow(row)


SHAPES = {shape.__name__: shape for shape in (other_line_ends, shuffled, by_person, quoted, newlines, zipped, lean)}

if __name__ == "__main__":
    SHAPES[sys.argv[2]](Path(sys.argv[1]), Path(sys.argv[3]))
