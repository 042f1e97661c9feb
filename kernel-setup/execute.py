"""Runs a notebook from its first cell to its last, in its own folder, and writes what it shows as HTML.

The notebook's file stays as it is; beside the HTML goes the notebook with its outputs, of which kernel-setup/site makes
a site. Exits with 1 if a cell fails, and says which and why.
"""

import argparse
import asyncio
import os
import re
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbconvert import HTMLExporter

WIDTH = 72
# nbconvert has words of what is printed, of a table in text say, broken anywhere.
STYLE = "<style>.jp-OutputArea-output pre { word-break: normal; overflow-wrap: break-word; }</style>"


def say(text, end="\n"):
    print(text, end=end, file=sys.stderr, flush=True)


def title(cell):
    """A cell's first line that says something."""
    lines = [line.strip() for line in cell.source.splitlines()]
    line = next((line for line in lines if line and not line.startswith("//")), lines[0] if lines else "")
    return line if len(line) <= WIDTH else line[:WIDTH - 1] + "…"


def reason(cell):
    """The line of a failed cell's output that says why it failed."""
    error = next(output for output in cell.outputs if output.output_type == "error")
    text = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(error.traceback))
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("|")]
    return lines[0] if lines else f"{error.ename}: {error.evalue}"


class Progress:
    """One line for each cell: its place, its first line, the time it took."""

    def __init__(self, notebook):
        self.code = [i for i, cell in enumerate(notebook.cells) if cell.cell_type == "code" and cell.source.strip()]
        self.start = 0.0

    def begin(self, cell, cell_index):
        self.start = time.monotonic()
        place = f"{self.code.index(cell_index) + 1}/{len(self.code)}"
        say(f"{place:>7}  {title(cell):<{WIDTH}}", end="")

    def end(self, cell, cell_index, **_):
        say(f"  {time.monotonic() - self.start:6.1f} s")


def execute(path, notebook):
    """Runs the cells; returns the one that failed, if one did."""
    progress = Progress(notebook)
    client = NotebookClient(
        notebook,
        kernel_name="unlearn4j",
        timeout=None,
        startup_timeout=120,
        resources={"metadata": {"path": str(path.parent)}},
        on_cell_execute=progress.begin,
        on_cell_executed=progress.end,
    )
    # The kernel's own words, a trace at its end among them, matter only if it dies.
    with tempfile.TemporaryFile("w+") as words:
        try:
            client.execute(stderr=words)
        except CellExecutionError:
            return next(cell for cell in notebook.cells
                        if any(output.output_type == "error" for output in cell.get("outputs", [])))
        except DeadKernelError:
            words.seek(0)
            say("\n" + words.read()[-2000:])
            raise
    return None


def write(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(file.name + ".part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, file)


def page(exporter, notebook, name):
    text, _ = exporter.from_notebook_node(notebook, resources={"metadata": {"name": name}})
    return text.replace("</head>", STYLE + "</head>", 1)


def write_outputs(path, notebook, html):
    write(html, page(HTMLExporter(), notebook, path.stem))
    executed = html.with_suffix(".ipynb")
    if executed != path:
        write(executed, nbformat.writes(notebook))


def main():
    parser = argparse.ArgumentParser(prog="kernel-setup/run", description="runs a notebook and writes it as HTML")
    parser.add_argument("notebook", type=Path)
    parser.add_argument("--html", type=Path, help="where the HTML goes; without it, results/ beside the notebook")
    options = parser.parse_args()
    path = options.notebook.resolve()
    html = (options.html or path.parent / "results" / f"{path.stem}.html").resolve()
    try:
        notebook = nbformat.read(path, as_version=4)
    except OSError as error:
        sys.exit(f"{options.notebook} cannot be read: {error.strerror}")
    except Exception:
        sys.exit(f"{options.notebook} is not a notebook")
    try:
        failed = execute(path, notebook)
    except DeadKernelError:
        sys.exit("\nthe kernel died: was there memory enough?")
    except (KeyboardInterrupt, asyncio.CancelledError):
        say("\nstopped")
        sys.exit(130)
    notebook.metadata.setdefault("unlearn4j", {})["run"] = {
        "scale": os.environ.get("UNLEARN4J_SCALE", "QUICK"), "at": f"{datetime.now():%Y-%m-%d %H:%M}"}
    write_outputs(path, notebook, html)
    say(f"wrote {html}")
    if failed:
        sys.exit(f"this cell failed:\n\n{failed.source}\n\n{reason(failed)}")


if __name__ == "__main__":
    main()
