"""Runs a result's notebook once more with its record's scale, seeds and threads, and compares the rows but for times.

Exits with 1 if a number differs, is missing or is new.
"""

import argparse
import csv
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"
TIMES = {"s", "ms", "µs", "points × s"}
SHOWN = 5


def record_of(run):
    folder = run.parent if run.name == "record.json" else run
    try:
        record = json.loads((folder / "record.json").read_text(encoding="utf-8"))
        return folder.resolve(), record, record["experiment"], record["scale"], record["seeds"], record["versions"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        sys.exit(f"{run} is no run's folder with a record.json ({error}): name one of notebooks/results")


def notebook_of(experiment):
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        code = "".join("".join(cell["source"]) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"])
        if f'Results.of("{experiment}"' in code:
            return path
    sys.exit(f"no notebook has results of {experiment}: it was made by something else")


def environment(scale, seeds, versions):
    """The variables that the run had, as far as they decide its numbers."""
    settings = {**os.environ, "UNLEARN4J_SCALE": scale}
    settings.pop("UNLEARN4J_SEEDS", None)
    settings.pop("OMP_NUM_THREADS", None)
    several = 1
    while several in seeds:
        several += 1
    if several > 2:
        settings["UNLEARN4J_SEEDS"] = str(several - 1)
    threads = re.match(r"(\d+) within", versions.get("pytorch threads", ""))
    if threads:
        settings["OMP_NUM_THREADS"] = threads.group(1)
    return settings


def rows(folder):
    """Each number that is no time, by what stands beside it; how often the same was asked counts too."""
    numbers = {}
    with open(folder / "rows.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            value = row.pop("value")
            if row["unit"] in TIMES or row.get("seconds"):
                continue
            key = tuple(sorted(row.items()))
            numbers.setdefault(key, []).append(value)
    return numbers


def newest(experiment, scale):
    runs = [path for path in (NOTEBOOKS / "results" / experiment / scale.lower()).glob("2*") if path.is_dir()]
    return max(runs, key=lambda path: path.name, default=None)


def main():
    parser = argparse.ArgumentParser(prog="kernel-setup/replay", description="runs a result once more and compares")
    parser.add_argument("run", type=Path, help="a run's folder, or its record.json")
    folder, record, experiment, scale, seeds, versions = record_of(parser.parse_args().run)
    notebook = notebook_of(experiment)
    before = newest(experiment, scale)
    with tempfile.TemporaryDirectory() as html:
        done = subprocess.run(
            [sys.executable, ROOT / "kernel-setup" / "execute.py", notebook, "--html", Path(html) / "replay.html"],
            env=environment(scale, seeds, versions))
    if done.returncode:
        sys.exit(f"{notebook.name} did not run to its end: see above")
    again = newest(experiment, scale)
    if again == before:
        sys.exit(f"{notebook.name} wrote no results of {experiment}")
    _, now, *_ = record_of(again)
    for what in ("commit", "device", "data", "configuration", "versions"):
        if now[what] != record[what]:
            print(f"{what} differs: {now[what]}, was {record[what]}")
    then, numbers = rows(folder), rows(again)
    differing = [key for key in then.keys() | numbers.keys() if then.get(key) != numbers.get(key)]
    for key in differing[:SHOWN]:
        words = ", ".join(f"{name} {value}" for name, value in key if value)
        print(f"{words}: {numbers.get(key, 'missing')}, was {then.get(key, 'missing')}")
    count = sum(len(values) for values in then.values())
    if differing:
        sys.exit(f"{len(differing)} of {count} numbers differ; the new run is {again}")
    print(f"all {count} numbers are the same, times left out; the new run is {again}")


if __name__ == "__main__":
    main()
