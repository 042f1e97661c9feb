"""Installs and removes the kernel "unlearn4j": the virtual environment, the toolkit, the kernelspec.

Runs on Python's standard library alone, because it makes the environment that all else runs in.
"""

import argparse
import ctypes
import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from launch import Refusal, apt_or_brew, command, java_home

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "kernel-setup" / "requirements.txt"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
KERNELS = VENV / "share" / "jupyter" / "kernels"
SPEC = KERNELS / "unlearn4j"
# OpenMP's threads spin a moment while they wait for one another, and then sleep. By default they spin on, which is many
# times slower where other processes want the cores; at once asleep, they are a third slower where none does.
THREADS = {"OMP_WAIT_POLICY": "PASSIVE", "GOMP_SPINCOUNT": "2000"}
# What the last install did. A .venv without this folder is not ours and is never touched.
STATE = VENV / "unlearn4j"
JARS = ("lib", "spark")  # below target, and in the kernelspec; Spark's where it is asked for


def say(text):
    print(text, file=sys.stderr, flush=True)


# ---------------------------------------------------------------- what has to be there

def check_maven():
    if not shutil.which("mvn"):
        raise Refusal(f"Maven is missing: {apt_or_brew('maven', 'maven')}")


def check_venv():
    if not find_spec("ensurepip") or not find_spec("venv"):
        raise Refusal(f"Python's venv is missing: {apt_or_brew('python3-venv', 'python')}")
    if VENV.exists() and not STATE.is_dir():
        raise Refusal(f"{VENV} was not made by kernel-setup/install: move it away and try again")


def refuse_if_any(*checks):
    """Runs all checks before it refuses, so that a newcomer reads everything that is missing at once."""
    refusals = []
    for check in checks:
        try:
            check()
        except Refusal as refusal:
            refusals.append(str(refusal))
    if refusals:
        raise Refusal("\n".join(refusals))


# ---------------------------------------------------------------- the virtual environment

def wanted_environment():
    return f"{ROOT}\n{REQUIREMENTS.read_text()}"


def environment_is_current():
    return PYTHON.exists() and read(STATE / "environment") == wanted_environment()


def make_environment():
    """Brings .venv up to date; one that was begun and not finished, or has moved, is made anew."""
    before = read(STATE / "environment")
    anew = not PYTHON.exists() or before.partition("\n")[0] != str(ROOT)
    try:
        if anew:
            say("making .venv with JupyterLab, the first time only")
            shutil.rmtree(VENV, ignore_errors=True)
            STATE.mkdir(parents=True)
            subprocess.run([sys.executable, "-m", "venv", VENV], check=True, capture_output=True, text=True)
        else:
            say("bringing .venv up to date")
        pip_install("-r", str(REQUIREMENTS))
        adopt_jjava()
        write(VENV / "etc/jupyter/labconfig/page_config.json", json.dumps(
            {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}))
        write(STATE / "environment", wanted_environment())
    except BaseException as failure:
        if anew:
            shutil.rmtree(VENV, ignore_errors=True)
        if isinstance(failure, subprocess.CalledProcessError):
            raise Refusal(f"Python could not make .venv: {last_line(failure.stdout + failure.stderr)}")
        raise


def pip_install(*what, into=PYTHON):
    pip = [PYTHON, "-m", "pip", "--python", into, "install", "--quiet", "--no-input", "--disable-pip-version-check", *what]
    result = subprocess.run(pip, text=True, capture_output=True)
    if result.returncode:
        raise Refusal(f"pip could not install {what[-1]}: {last_line(result.stderr)}")


def adopt_jjava():
    """Takes the kernel's jar and drops JJava's own kernelspec, which would stand beside ours without the toolkit."""
    jar = KERNELS / "java" / "jjava.jar"
    if jar.exists():
        os.replace(jar, STATE / "jjava.jar")
        shutil.rmtree(KERNELS / "java")


# ---------------------------------------------------------------- the engine

def engine_for_gpu():
    """The kernel's environment variables with which DJL loads a CUDA build of PyTorch."""
    version = pom("pytorch.version")
    flavor = os.environ.get("PYTORCH_FLAVOR")
    if not flavor:
        try:
            ctypes.CDLL("libcuda.so.1")
        except OSError:
            raise Refusal("no NVIDIA driver (libcuda.so.1) was found: install it, or leave out --gpu")
        flavor = "cu128"
    library = os.environ.get("PYTORCH_LIBRARY_PATH")
    if not library:
        say(f"installing torch {version} with CUDA into .venv: more than 2 GB, the first time only")
        pip_install(f"torch=={version}")
        where = "import importlib.util as u; print(u.find_spec('torch').submodule_search_locations[0])"
        torch = subprocess.run([PYTHON, "-c", where], check=True, capture_output=True, text=True).stdout.strip()
        library = f"{torch}/lib"
    library = Path(library).resolve()
    if not any(library.glob("libtorch.*")):
        raise Refusal(f"PYTORCH_LIBRARY_PATH ({library}) holds no libtorch: set it to .../torch/lib of torch {version}")
    return {"PYTORCH_LIBRARY_PATH": str(library), "PYTORCH_VERSION": version, "PYTORCH_FLAVOR": flavor}


def engine(options):
    """What --gpu or --cpu says now, else what they said before."""
    if options.gpu:
        return engine_for_gpu()
    before = json.loads(read(STATE / "engine") or "{}")
    if options.cpu or not before:
        return {}
    if not Path(before["PYTORCH_LIBRARY_PATH"]).is_dir():
        raise Refusal(f"{before['PYTORCH_LIBRARY_PATH']} is gone: kernel-setup/install --gpu again, or --cpu")
    return before


# ---------------------------------------------------------------- the toolkit

def commit():
    """The commit of the sources, which the toolkit's jar names; nothing outside a git checkout."""
    try:
        return subprocess.run(["git", "describe", "--always", "--abbrev=40", "--dirty"], cwd=ROOT, text=True,
                              capture_output=True).stdout
    except OSError:
        return ""


def toolkit_is_current():
    built = STATE / "toolkit"
    if not built.exists() or built.read_text() != commit():
        return False
    sources = [ROOT / "pom.xml"]
    for folder in ("toolkit", "data-fetch", "src/spark/java"):
        sources += [ROOT / folder, *(ROOT / folder).rglob("*")]  # a folder is newer when a file in it is gone
    return max(path.stat().st_mtime for path in sources if path.exists()) < built.stat().st_mtime


def build_toolkit(java, spark):
    say("building the toolkit")
    stamp = STATE / "toolkit.new"
    write(stamp, commit())  # before the build: a file that changes meanwhile makes it old
    for jars in JARS:
        shutil.rmtree(ROOT / "target" / jars, ignore_errors=True)
    profile = ["-Pspark"] if spark else []
    result = subprocess.run(["mvn", "-q", "-B", *profile, "-Dmaven.test.skip=true", "package"], cwd=ROOT, text=True,
                            env={**os.environ, "JAVA_HOME": str(java)},
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if result.returncode:
        say(result.stdout.rstrip())
        raise Refusal("the toolkit did not build: Maven says above why")
    return stamp


def pom(name):
    return re.search(rf"<{re.escape(name)}>(.*?)</", (ROOT / "pom.xml").read_text()).group(1)


# ---------------------------------------------------------------- the kernelspec

def kernel_json(start, env, made_by):
    """The one kernelspec: what starts the kernel, its variables beside THREADS, and what made it."""
    return json.dumps({
        "argv": [*start, "{connection_file}"],
        "display_name": "Java (unlearn4j)",
        "language": "java",
        "interrupt_mode": "message",
        "env": {**THREADS, **env},
        "metadata": {"unlearn4j": made_by},
    }, indent=1)


def write_kernelspec(text, env, spark):
    """Puts a new folder in the old one's place. It needs nothing outside itself, so that "mvn clean" does no harm."""
    new = KERNELS / ".unlearn4j.new"
    shutil.rmtree(new, ignore_errors=True)
    (new / "lib").mkdir(parents=True)
    shutil.copy2(STATE / "jjava.jar", new)
    shutil.copy2(ROOT / "target" / f"unlearn4j-{pom('version')}.jar", new / "lib")
    for jars in JARS if spark else JARS[:1]:
        (new / jars).mkdir(exist_ok=True)
        for jar in (ROOT / "target" / jars).iterdir():
            if not (env and jar.name.startswith("pytorch-native-cpu")):
                link(jar, new / jars / jar.name)
    write(new / "kernel.json", text)
    swap(new, SPEC)


def link(source, target):
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def swap(new, old):
    shutil.rmtree(old, ignore_errors=True)
    os.replace(new, old)


def user_spec():
    """Where the user's own Jupyter looks for kernels."""
    out = subprocess.run([PYTHON, "-m", "jupyter", "--data-dir"], check=True, text=True, capture_output=True).stdout
    return Path(out.strip()) / "kernels" / "unlearn4j"


def is_ours(spec):
    try:
        return json.loads((spec / "kernel.json").read_text())["metadata"]["unlearn4j"]["root"] == str(ROOT)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def add_for_user():
    spec = user_spec()
    if spec.exists() and not is_ours(spec):
        raise Refusal(f"{spec} was not made by this copy of kernel-setup: remove it and try again")
    new = spec.with_name(".unlearn4j.new")
    shutil.rmtree(new, ignore_errors=True)
    spec.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(SPEC, new, copy_function=link)
    swap(new, spec)
    write(STATE / "user", str(spec))
    print(f"the kernel unlearn4j is in {spec}")


# ---------------------------------------------------------------- the commands

def install(options):
    java = None

    def find_java():
        nonlocal java
        java = java_home()

    checks = [find_java]
    if not environment_is_current():
        checks.append(check_venv)
    if not toolkit_is_current():
        checks.append(check_maven)
    refuse_if_any(*checks)

    if not environment_is_current():
        make_environment()
    env = engine(options)
    had_spark = (SPEC / "spark").is_dir()
    spark = not options.no_spark and (options.spark or had_spark)
    text = kernel_json(command(java, "{resource_dir}", spark), env, {"root": str(ROOT)})
    stamp = None
    current = toolkit_is_current() and spark == had_spark
    if not current or read(SPEC / "kernel.json") != text:
        if not current or not all((ROOT / "target" / jars).is_dir() for jars in (JARS if spark else JARS[:1])):
            check_maven()
            stamp = build_toolkit(java, spark)
        write_kernelspec(text, env, spark)
        if stamp:
            os.replace(stamp, STATE / "toolkit")
        write(STATE / "engine", json.dumps(env))
    if options.user:
        add_for_user()
    print("the kernel unlearn4j is ready")


def megabytes(path):
    """How large a file is, or a folder with all in it; what a link points at is not in it."""
    inside = [path, *path.rglob("*")] if path.is_dir() and not path.is_symlink() else [path]
    return f"{sum(each.lstat().st_size for each in inside) / 1e6:,.1f} MB"


def caches_to_remove(sure):
    """Says which caches there are and how large, and asks; the one folder that is ours by its name, and no other."""
    cache = (Path.home() / ".cache").resolve() / "unlearn4j"
    named = Path(os.environ.get("UNLEARN4J_DATA", "").strip() or cache).resolve()
    unpacked = Path.home() / ".djl.ai"
    ours = cache.is_dir() and not cache.is_symlink() and (named == cache or not named.is_relative_to(cache))
    for folder, why in ((named, "UNLEARN4J_DATA names it, and what else is in it nobody here knows"),
                        (unpacked, "PyTorch as DJL unpacked it, which other programs may use"),
                        (cache, "it is a link, or holds the folder that UNLEARN4J_DATA names")):
        if folder.is_dir() and not (ours and folder == cache):
            print(f"{megabytes(folder):>12}  {folder} stays: {why}")
    if not ours:
        return []
    for folder in sorted(cache.iterdir()):
        print(f"{megabytes(folder):>12}  {folder}")
    print(f"{megabytes(cache):>12}  {cache}, all of it", flush=True)
    if sure:
        return [cache]
    if not sys.stdin.isatty():
        raise Refusal("nothing was removed: nobody is here to ask, and kernel-setup/uninstall --all --yes doesn't")
    if input("remove all of this? [y/N] ").strip().lower() not in ("y", "yes"):
        raise Refusal("nothing was removed")
    return [cache]


def uninstall(options):
    if VENV.exists() and not STATE.is_dir():
        raise Refusal(f"{VENV} was not made by kernel-setup/install: it stays")
    caches = caches_to_remove(options.yes) if options.all else []
    spec = Path(read(STATE / "user") or os.devnull)
    for folder in [spec] * is_ours(spec) + [VENV] * VENV.exists() + caches:
        shutil.rmtree(folder)
        print(f"removed {folder}")


def read(path):
    return path.read_text() if path.is_file() else ""


def write(path, text):
    """Writes a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(path.name + ".part")
    new.write_text(text)
    os.replace(new, path)


def last_line(text):
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it says nothing"


def main():
    parser = argparse.ArgumentParser(prog="kernel-setup")
    commands = parser.add_subparsers(required=True)
    installing = commands.add_parser("install", prog="kernel-setup/install")
    installing.add_argument("--user", action="store_true", help="add the kernel to the JupyterLab you already have, too")
    device = installing.add_mutually_exclusive_group()
    device.add_argument("--gpu", action="store_true", help="compute with a CUDA build of PyTorch")
    device.add_argument("--cpu", action="store_true", help="compute on the CPU again")
    where = installing.add_mutually_exclusive_group()
    where.add_argument("--spark", action="store_true", help="add Apache Spark, for models that one machine can't hold")
    where.add_argument("--no-spark", action="store_true", help="leave Spark out again")
    installing.set_defaults(command=install)
    uninstalling = commands.add_parser("uninstall", prog="kernel-setup/uninstall")
    uninstalling.add_argument("--all", action="store_true", help="the caches in ~/.cache/unlearn4j too; says them and asks")
    uninstalling.add_argument("--yes", action="store_true", help="with --all: don't ask")
    uninstalling.set_defaults(command=uninstall)
    options = parser.parse_args()
    lock = os.open(ROOT / "kernel-setup", os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)  # until the process ends: two installs at once would spoil each other's files
    try:
        options.command(options)
    except Refusal as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        sys.exit("stopped")


if __name__ == "__main__":
    main()
