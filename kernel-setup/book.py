"""Makes the site: executed notebooks, the ledger and the Javadoc, by Sphinx, in an environment of its own."""

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat

from kernel import PYTHON, ROOT, SPEC, STATE, Refusal, last_line, pip_install, read, say, swap, write
from launch import java_home

ENVIRONMENT = STATE / "site"
SITE_PYTHON = ENVIRONMENT / "bin" / "python"
REQUIREMENTS = ROOT / "kernel-setup" / "requirements-site.txt"
STAGE = ROOT / "target" / "site-source"
# By the first digit of a notebook's name.
PARTS = {"0": "Begin here", "1": "Paper A: HDUS", "2": "Paper B: FIUn", "3": "What is left", "4": "A closer look"}


def make_environment():
    """Sphinx and what it needs beside the packages of .venv, which a path file lends."""
    wanted = f"{read(STATE / 'environment')}{REQUIREMENTS.read_text()}"
    if read(ENVIRONMENT / "made-of") == wanted:
        return
    say("making the site's environment with Sphinx, the first time only")
    subprocess.run([PYTHON, "-m", "venv", "--clear", "--without-pip", ENVIRONMENT], check=True)
    inside = next((ENVIRONMENT / "lib").glob("python3*")) / "site-packages"
    (inside / "lent.pth").write_text(f"{next((PYTHON.parent.parent / 'lib').glob('python3*')) / 'site-packages'}\n")
    pip_install("-r", str(REQUIREMENTS), into=SITE_PYTHON)
    write(ENVIRONMENT / "made-of", wanted)


# ---------------------------------------------------------------- the notebooks

def executed(folder):
    """Name and contents of each of our notebooks that the folder has, run to its end."""
    found, missing, changed = {}, [], []
    for source in sorted((ROOT / "notebooks").glob("*.ipynb")):
        file = folder / source.name
        if not file.exists():
            missing.append(source.stem)
            continue
        notebook = nbformat.read(file, as_version=4)
        if any(output.output_type == "error" for cell in notebook.cells for output in cell.get("outputs", [])):
            raise Refusal(f"{file} ends with an error: kernel-setup/run notebooks/{source.name} again")
        if [cell.source for cell in notebook.cells] != [cell.source for cell in nbformat.read(source, 4).cells]:
            changed.append(source.stem)
        found[source.stem] = notebook
    if not found:
        raise Refusal(f"{folder} holds no executed notebook: kernel-setup/run notebooks/00-tour.ipynb leaves one")
    for words, names in (("not run, so not in the site", missing), ("changed since they were run", changed)):
        if names:
            say(f"{words}: {', '.join(names)}")
    return found


def heading(notebook):
    return notebook.cells[0].source.splitlines()[0].lstrip("# ")


def index(notebooks):
    """The first page: what was run, at which scale and when."""
    lines = ["# unlearn4j", "", "Machine unlearning in Java notebooks, as they came out when they were run.", "",
             "| notebook | scale | run |", "| --- | --- | --- |"]
    for name, notebook in notebooks.items():
        run = notebook.metadata.get("unlearn4j", {}).get("run", {})
        lines.append(f"| [{heading(notebook)}](notebooks/{name}.ipynb) | {run.get('scale', '')} | {run.get('at', '')} |")
    for digit in dict.fromkeys(name[0] for name in notebooks):
        pages = [f"notebooks/{name}" for name in notebooks if name[0] == digit]
        lines += toctree(PARTS.get(digit, "More"), pages)
    lines += toctree("Beside them", ["notebooks/course", "notebooks/reproduction/README", "toolkit"])
    return "\n".join(lines)


def toctree(caption, pages):
    return ["", "```{toctree}", ":hidden:", ":maxdepth: 1", f":caption: {caption}", "", *pages, "```"]


# ---------------------------------------------------------------- the ledger and the Javadoc

def stage_ledger(ledger):
    """A copy in which a link to a run's folder leads to a page of its charts."""
    shutil.copytree(ROOT / "notebooks" / "reproduction", ledger, ignore=shutil.ignore_patterns(".lock", "latest"))
    for record in ledger.rglob("record.json"):
        run = record.parent
        charts = [f"![{chart.stem}]({chart.name})" for chart in sorted(run.glob("*.png"))]
        (run / "index.md").write_text("\n\n".join([
            "---\norphan: true\n---",
            f"# {run.parent.parent.name}, {run.parent.name.upper()}, {run.name}", *charts,
            "[The rows](rows.csv) and [the record](record.json) of the run."]))
    for page in ledger.glob("*.md"):
        page.write_text(re.sub(r"\]\(([^)]*/\d{8}-[\d-]*)\)", r"](\1/index.md)", page.read_text()))
    tables = sorted((page.stem for page in ledger.glob("*-table-*.md")),
                    key=lambda name: (name.split("-")[0], int(name.rpartition("-")[2])))
    with (ledger / "README.md").open("a") as contents:
        contents.write("\n".join(toctree("Tables", tables)) + "\n")


def make_javadoc(out):
    javadoc = subprocess.run(
        [java_home() / "bin" / "javadoc", "-quiet", "-Xdoclint:all,-missing", "-notimestamp", "--no-platform-links",
         "-encoding", "UTF-8", "-docencoding", "UTF-8", "-windowtitle", "unlearn4j", "-d", out,
         "-cp", f"{SPEC}/jjava.jar:{SPEC}/lib/*", "-sourcepath", f"{ROOT}/toolkit:{ROOT}/data-fetch",
         "-subpackages", "unlearn4j"], text=True, capture_output=True)
    if javadoc.returncode:
        raise Refusal(f"the Javadoc could not be made: {last_line(javadoc.stdout + javadoc.stderr)}")
    style = out / "stylesheet.css"  # which in Debian's Java 17 names fonts that are not there
    if style.exists() and not (out / "resources" / "fonts").is_dir():
        style.write_text(re.sub(r"@import url\([^)]*fonts[^)]*\);", "", style.read_text()))


def toolkit():
    """The layers as the design has them, each with its Javadoc."""
    rows = re.findall(r"^\| `(\w+)` \|.*\| (.*) \|$", (ROOT / ".github" / "DESIGN.md").read_text(), re.MULTILINE)
    layers = [f'| <a href="javadoc/unlearn4j/{name}/package-summary.html">{name}</a> | {holds} |' for name, holds in rows]
    return "\n".join(["# The toolkit", "", 'All of it is in <a href="javadoc/index.html">the Javadoc</a>.', "",
                      "| package | holds |", "| --- | --- |", *layers])


# ---------------------------------------------------------------- the site

def stage_solution(name, folder):
    """A page that the notebook's exercises link to: as it was run, or else as it is written."""
    files = [where / "solutions" / f"{name}.ipynb" for where in (folder, ROOT / "notebooks")]
    solution = nbformat.read(next(file for file in files if file.exists()), as_version=4)
    solution.metadata["orphan"] = True
    nbformat.write(solution, STAGE / "notebooks" / "solutions" / f"{name}.ipynb")


def course(notebooks):
    """The course; a notebook that is not in the site is a name there and no link."""
    return re.sub(r"\[([^]]*)\]\((\d\d-[^)]*)\.ipynb\)",
                  lambda link: link[0] if link[2] in notebooks else link[1],
                  (ROOT / "notebooks" / "course.md").read_text())


def stage(notebooks, folder):
    shutil.rmtree(STAGE, ignore_errors=True)
    shutil.copytree(ROOT / "kernel-setup" / "book", STAGE)
    stage_ledger(STAGE / "notebooks" / "reproduction")
    (STAGE / "notebooks" / "solutions").mkdir()
    for name, notebook in notebooks.items():
        nbformat.write(notebook, STAGE / "notebooks" / f"{name}.ipynb")
        stage_solution(name, folder)
    (STAGE / "notebooks" / "course.md").write_text(course(notebooks))
    (STAGE / "index.md").write_text(index(notebooks))
    (STAGE / "toolkit.md").write_text(toolkit())
    make_javadoc(STAGE / "extra" / "javadoc")


def build(out):
    new = STAGE / "built"
    sphinx = subprocess.run([SITE_PYTHON, "-m", "sphinx", "-q", "-W", "--keep-going", "-j", "auto", "-d",
                             STAGE / "doctrees", STAGE, new], text=True, capture_output=True)
    if sphinx.returncode:
        say(sphinx.stderr.rstrip())
        raise Refusal("the site could not be made: Sphinx says above why")
    out.parent.mkdir(parents=True, exist_ok=True)
    swap(new, out)
    shutil.rmtree(STAGE)


def main():
    parser = argparse.ArgumentParser(prog="kernel-setup/site", description="makes a site of executed notebooks")
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "notebooks" / "results")
    parser.add_argument("--out", type=Path, default=ROOT / "target" / "site", help="where it goes: target/site")
    options = parser.parse_args()
    try:
        notebooks = executed(options.folder)
        make_environment()
        stage(notebooks, options.folder)
        build(options.out.resolve())
    except Refusal as refusal:
        sys.exit(str(refusal))
    print(options.out.resolve() / "index.html")


if __name__ == "__main__":
    main()
