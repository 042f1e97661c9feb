"""Makes slides of a notebook, by nbconvert and reveal.js: a heading begins a column, each other cell is a slide below it.

A page is so wide that a hundred columns of code stand on it, and scrolls where a cell and its output are longer.
"""

import argparse
import sys
from pathlib import Path

import nbformat
from nbconvert import SlidesExporter

from execute import page, say, write

WIDTH, HEIGHT = 1300, 900


def kind(cell):
    return "slide" if cell.cell_type == "markdown" and cell.source.lstrip().startswith("#") else "subslide"


def slides(notebook, name):
    for cell in notebook.cells:
        cell.metadata.setdefault("slideshow", {"slide_type": kind(cell)})
    exporter = SlidesExporter(reveal_scroll=True, reveal_width=str(WIDTH), reveal_height=str(HEIGHT))
    return page(exporter, notebook, name)


def main():
    parser = argparse.ArgumentParser(prog="kernel-setup/slides", description="makes slides of a notebook; runs nothing")
    parser.add_argument("notebook", type=Path, help="as kernel-setup/run left it, in notebooks/results")
    parser.add_argument("--out", type=Path, help="where they go; without it, NAME.slides.html beside the notebook")
    options = parser.parse_args()
    try:
        notebook = nbformat.read(options.notebook, as_version=4)
    except (OSError, ValueError, nbformat.reader.NotJSONError):
        sys.exit(f"{options.notebook} cannot be read as a notebook")
    out = (options.out or options.notebook.with_suffix(".slides.html")).resolve()
    write(out, slides(notebook, options.notebook.stem))
    if not any(cell.get("outputs") for cell in notebook.cells):
        say(f"{options.notebook} has no outputs: kernel-setup/run leaves a copy with them in notebooks/results")
    print(out)


if __name__ == "__main__":
    main()
