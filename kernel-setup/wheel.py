"""Builds the kernel's wheel from what kernel-setup/install made: one file with kernelspec, jars and PyTorch's library."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from kernel import ROOT, SPEC, Refusal, kernel_json, last_line, link, pom, say

TARGET = ROOT / "target"
STAGE = TARGET / "wheel"
LICENCES = TARGET / "THIRD-PARTY.txt"
README = """\
# unlearn4j-kernel

The Jupyter kernel *Java (unlearn4j)*: machine unlearning in Java notebooks, with the toolkit and PyTorch's library in it.

    pip install unlearn4j-kernel jupyterlab
    jupyter lab

It needs a JDK, 17 to 25: the one that JAVA_HOME names, or the first on the path.
"""


def version():
    """The pom's version, as Python writes it."""
    return pom("version").replace("-SNAPSHOT", ".dev0")


def list_licences():
    if not LICENCES.exists() or LICENCES.stat().st_mtime < (ROOT / "pom.xml").stat().st_mtime:
        maven = subprocess.run(["mvn", "-q", "-B", "license:add-third-party@licences"], cwd=ROOT, text=True,
                               capture_output=True)
        if maven.returncode:
            raise Refusal(f"the libraries' licences could not be listed: {last_line(maven.stdout + maven.stderr)}")


def stage():
    """Lays out all that goes into the wheel."""
    if not any((SPEC / "lib").glob("pytorch-native-cpu-*.jar")):
        raise Refusal("this kernel computes with CUDA, which a wheel doesn't carry: kernel-setup/install --cpu first")
    shutil.rmtree(STAGE, ignore_errors=True)
    kernel = STAGE / "kernel"
    shutil.copytree(SPEC, kernel, copy_function=link, ignore=shutil.ignore_patterns("kernel.json", "spark"))
    shutil.copy2(ROOT / "kernel-setup" / "launch.py", kernel)
    (kernel / "kernel.json").write_text(
        kernel_json(["python", "{resource_dir}/launch.py"], {}, {"version": version()}))
    for file in (ROOT / "LICENSE", LICENCES, *(ROOT / "kernel-setup" / name for name in ("pyproject.toml", "hatch_build.py"))):
        shutil.copy2(file, STAGE)
    (STAGE / "README.md").write_text(README)


def build():
    """Returns the wheel, which stands in the place of earlier ones."""
    new = STAGE / "new"
    pip = subprocess.run([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-input", "--no-deps",
                          "--disable-pip-version-check", "--wheel-dir", new, STAGE], text=True, capture_output=True,
                         env={**os.environ, "UNLEARN4J_VERSION": version()})
    if pip.returncode:
        raise Refusal(f"pip could not build the wheel: {last_line(pip.stderr)}")
    for old in TARGET.glob("unlearn4j_kernel-*.whl"):
        old.unlink()
    built = next(new.glob("*.whl"))
    wheel = built.rename(TARGET / built.name)
    shutil.rmtree(STAGE)
    return wheel


def main():
    try:
        list_licences()
        stage()
        wheel = build()
    except Refusal as refusal:
        sys.exit(str(refusal))
    say(f"{wheel.stat().st_size / 1e6:.0f} MB, for {wheel.stem.rpartition('-')[2]}")
    print(wheel)


if __name__ == "__main__":
    main()
