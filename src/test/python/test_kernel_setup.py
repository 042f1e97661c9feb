"""install and uninstall, each in a small copy of the repository with a stand-in for Maven and for JJava's wheel."""

import json
import os
import pty
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
SITE_PACKAGES = next((REPOSITORY / ".venv" / "lib").glob("python3.*")) / "site-packages"
THREADS = {"OMP_WAIT_POLICY": "PASSIVE", "GOMP_SPINCOUNT": "2000"}
MAVEN = """#!/bin/sh
echo "$@" >>maven.log
[ ! -e broken ] || { echo '[ERROR] Alpha.java:[1,1] class expected'; exit 1; }
mkdir -p target/lib
echo toolkit >target/unlearn4j-1.2.3.jar
echo chart >target/lib/xchart-1.jar
echo torch >target/lib/pytorch-native-cpu-9.jar
case "$*" in *-Pspark*) mkdir -p target/spark; echo spark >target/spark/spark-sql-4.jar ;; esac
"""


def wheel(folder):
    """JJava's wheel, as far as install knows it; a path file lends it the real Jupyter."""
    path = folder / "jjava-1.0a8-py3-none-any.whl"
    info = "jjava-1.0a8.dist-info"
    files = {
        "lent.pth": f"{SITE_PACKAGES}\n",
        "jjava-1.0a8.data/data/share/jupyter/kernels/java/jjava.jar": "kernel",
        "jjava-1.0a8.data/data/share/jupyter/kernels/java/kernel.json": "{}",
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: jjava\nVersion: 1.0a8\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{info}/RECORD"] = "".join(f"{name},,\n" for name in [*files, f"{info}/RECORD"])
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


class Setup(unittest.TestCase):

    def prepare(self, add_cleanup):
        folder = tempfile.TemporaryDirectory()
        add_cleanup(folder.cleanup)
        self.folder = Path(folder.name).resolve()
        self.root = self.folder / "repository"
        self.home = self.folder / "home"
        self.home.mkdir()
        shutil.copytree(REPOSITORY / "kernel-setup", self.root / "kernel-setup",
                        ignore=shutil.ignore_patterns("__pycache__"))
        (self.root / "toolkit").mkdir()
        (self.root / "toolkit" / "Alpha.java").write_text("class Alpha {}")
        (self.root / "pom.xml").write_text(
            "<project><version>1.2.3</version><pytorch.version>9.8.7</pytorch.version></project>")
        (self.root / "kernel-setup" / "requirements.txt").write_text(f"jjava @ {wheel(self.folder).as_uri()}\n")
        self.venv = self.root / ".venv"
        self.spec = self.venv / "share" / "jupyter" / "kernels" / "unlearn4j"
        self.tools = self.folder / "bin"
        self.tools.mkdir()
        for name in ("sh", "env", "dirname", "uname", "mkdir"):
            self.tool(name, shutil.which(name))
        self.tool("python3", os.path.realpath(sys._base_executable))
        self.tool("java", os.path.realpath(shutil.which("java")))
        (self.tools / "mvn").write_text(MAVEN)
        (self.tools / "mvn").chmod(0o755)

    def tool(self, name, target):
        (self.tools / name).symlink_to(target)

    def run_script(self, name, *arguments, **variables):
        return subprocess.run([self.root / "kernel-setup" / name, *arguments], cwd=self.folder, text=True,
                              capture_output=True,
                              env={"PATH": str(self.tools), "HOME": str(self.home), "PIP_NO_INDEX": "1", **variables})

    def succeeds(self, name, *arguments, **variables):
        result = self.run_script(name, *arguments, **variables)
        self.assertEqual(0, result.returncode, result.stderr)
        return result.stdout

    def refuses(self, *arguments, says, lines=1, **variables):
        result = self.run_script("install", *arguments, **variables)
        self.assertEqual(1, result.returncode, result.stdout + result.stderr)
        said = [line for line in result.stderr.splitlines()
                if not line.startswith(("making .venv", "building the toolkit", "installing torch", "[ERROR]"))]
        self.assertEqual(lines, len(said), result.stderr)
        for text in says:
            self.assertIn(text, result.stderr)

    def maven_runs(self):
        log = self.root / "maven.log"
        return len(log.read_text().splitlines()) if log.exists() else 0

    def kernel(self):
        return json.loads((self.spec / "kernel.json").read_text())

    def jars(self):
        return sorted(path.name for path in (self.spec / "lib").iterdir())


class Missing(Setup):

    def setUp(self):
        self.prepare(self.addCleanup)

    def test_everything_missing_is_one_line_each(self):
        (self.tools / "java").unlink()
        (self.tools / "mvn").unlink()
        self.refuses(says=["Java 17 or newer is missing: ", "Maven is missing: "], lines=2)
        self.assertFalse(self.venv.exists())

    def test_java_missing(self):
        (self.tools / "java").unlink()
        self.refuses(says=["Java 17 or newer is missing: "])

    def test_a_java_home_without_java(self):
        self.refuses(says=[f"JAVA_HOME ({self.home}) holds no Java that runs"], JAVA_HOME=str(self.home))

    def test_an_old_java(self):
        (self.tools / "java").unlink()
        (self.tools / "java").write_text(
            "#!/bin/sh\necho '    java.home = /old' >&2\necho '    java.specification.version = 1.8' >&2\n")
        (self.tools / "java").chmod(0o755)
        self.refuses(says=["Java 8 (/old) is not one of 17 to 25: "])

    def test_maven_missing(self):
        (self.tools / "mvn").unlink()
        self.refuses(says=["Maven is missing: "])
        self.assertFalse(self.venv.exists())

    def test_python_missing(self):
        (self.tools / "python3").unlink()
        self.refuses(says=["Python 3.11 or newer is missing: "])

    def test_a_package_that_cannot_be_had_leaves_nothing(self):
        (self.root / "kernel-setup" / "requirements.txt").write_text("no-such-package-of-ours==1\n")
        self.refuses(says=["pip could not install ", "no-such-package-of-ours==1"])
        self.assertFalse(self.venv.exists())

    def test_an_environment_of_somebody_else_stays(self):
        self.venv.mkdir()
        (self.venv / "theirs").touch()
        self.refuses(says=["was not made by kernel-setup/install"])
        self.assertEqual(1, self.run_script("uninstall").returncode)
        self.assertTrue((self.venv / "theirs").exists())

    def test_gpu_without_a_driver(self):
        try:
            import ctypes
            ctypes.CDLL("libcuda.so.1")
        except OSError:
            self.refuses("--gpu", says=["no NVIDIA driver (libcuda.so.1) was found"])


class Installed(Setup):
    """These share one installation, which each test leaves whole."""

    def setUp(self):
        cls = type(self)
        if not hasattr(cls, "installed"):
            self.prepare(cls.addClassCleanup)
            self.succeeds("install")
            cls.installed = self.__dict__
        for name in ("folder", "root", "home", "venv", "spec", "tools"):
            setattr(self, name, cls.installed[name])
        self.before = self.maven_runs()

    def test_the_kernelspec_needs_nothing_outside_itself(self):
        kernel = self.kernel()
        target = (self.root / "target").rename(self.folder / "target")

        self.assertEqual(["pytorch-native-cpu-9.jar", "unlearn4j-1.2.3.jar", "xchart-1.jar"], self.jars())
        self.assertEqual("kernel", (self.spec / "jjava.jar").read_text())
        self.assertTrue(Path(kernel["argv"][0]).is_absolute())
        self.assertIn("{resource_dir}/jjava.jar:{resource_dir}/lib/*", kernel["argv"])
        self.assertEqual("message", kernel["interrupt_mode"])
        self.assertEqual(THREADS, kernel["env"])
        self.assertFalse((self.spec.parent / "java").exists())
        self.succeeds("install")
        self.assertEqual(self.before, self.maven_runs())
        target.rename(self.root / "target")

    def test_nothing_is_done_twice(self):
        before = (self.spec / "kernel.json").stat().st_mtime_ns
        (self.root / "kernel-setup" / "requirements.txt").touch()
        self.succeeds("install")

        self.assertEqual(self.before, self.maven_runs())
        self.assertEqual(before, (self.spec / "kernel.json").stat().st_mtime_ns)

    def test_a_source_that_changed_or_went_is_built(self):
        (self.root / "toolkit" / "Beta.java").write_text("class Beta {}")
        self.succeeds("install")
        self.assertEqual(self.before + 1, self.maven_runs())
        (self.root / "toolkit" / "Beta.java").unlink()
        self.succeeds("install")
        self.assertEqual(self.before + 2, self.maven_runs())
        self.succeeds("install")
        self.assertEqual(self.before + 2, self.maven_runs())

    def test_a_build_that_fails_leaves_the_kernel_as_it_was(self):
        (self.root / "broken").touch()
        (self.root / "toolkit" / "Alpha.java").write_text("klass Alpha {}")
        self.refuses(says=["[ERROR] Alpha.java", "the toolkit did not build: Maven says above why"])
        self.assertEqual(["pytorch-native-cpu-9.jar", "unlearn4j-1.2.3.jar", "xchart-1.jar"], self.jars())
        (self.root / "broken").unlink()
        self.succeeds("install")
        self.assertEqual(self.before + 2, self.maven_runs())

    def test_gpu_writes_the_engines_variables_and_stays_until_cpu(self):
        torch = self.folder / "torch" / "lib"
        torch.mkdir(parents=True)
        (torch / "libtorch.so").touch()
        expected = {**THREADS, "PYTORCH_LIBRARY_PATH": str(torch), "PYTORCH_VERSION": "9.8.7", "PYTORCH_FLAVOR": "cpu"}

        self.succeeds("install", "--gpu", PYTORCH_LIBRARY_PATH=str(torch), PYTORCH_FLAVOR="cpu")
        self.assertEqual(expected, self.kernel()["env"])
        self.assertEqual(["unlearn4j-1.2.3.jar", "xchart-1.jar"], self.jars())
        self.succeeds("install")
        self.assertEqual(expected, self.kernel()["env"])
        self.assertEqual(self.before, self.maven_runs())
        self.succeeds("install", "--cpu")
        self.assertEqual(THREADS, self.kernel()["env"])
        self.assertIn("pytorch-native-cpu-9.jar", self.jars())

    def test_spark_stays_until_it_is_taken_out(self):
        plain = self.kernel()["argv"]
        jars = self.jars()
        self.succeeds("install", "--spark")
        with_spark = self.kernel()["argv"]
        self.assertIn("{resource_dir}/jjava.jar:{resource_dir}/lib/*:{resource_dir}/spark/*", with_spark)
        self.assertIn("--add-opens=java.base/java.nio=ALL-UNNAMED", with_spark)
        self.assertEqual(["spark-sql-4.jar"], sorted(path.name for path in (self.spec / "spark").iterdir()))
        self.assertEqual(jars, self.jars())
        self.succeeds("install")
        self.assertEqual(with_spark, self.kernel()["argv"])
        self.assertEqual(self.before + 1, self.maven_runs())
        self.succeeds("install", "--no-spark")
        self.assertEqual(plain, self.kernel()["argv"])
        self.assertFalse((self.spec / "spark").exists())

    def test_gpu_with_a_folder_that_is_not_torchs(self):
        self.refuses("--gpu", says=[f"PYTORCH_LIBRARY_PATH ({self.home}) holds no libtorch"],
                     PYTORCH_LIBRARY_PATH=str(self.home), PYTORCH_FLAVOR="cpu")

    def test_gpu_without_torch_to_be_had(self):
        self.refuses("--gpu", says=["pip could not install torch==9.8.7"], PYTORCH_FLAVOR="cpu")


class ForTheUser(Setup):

    def setUp(self):
        self.prepare(self.addCleanup)
        self.succeeds("install", "--user")

    def test_user_adds_the_kernel_and_uninstall_takes_both_away(self):
        listing = subprocess.run([self.venv / "bin" / "python", "-m", "jupyter", "--data-dir"], text=True,
                                 capture_output=True, env={"HOME": str(self.home)}, check=True).stdout.strip()
        spec = Path(listing) / "kernels" / "unlearn4j"
        self.assertTrue(spec.is_relative_to(self.home))
        self.assertEqual(self.kernel(), json.loads((spec / "kernel.json").read_text()))
        self.assertEqual(self.jars(), sorted(path.name for path in (spec / "lib").iterdir()))

        self.succeeds("uninstall")
        self.assertFalse(self.venv.exists())
        self.assertFalse(spec.exists())
        self.succeeds("uninstall")

    def test_a_users_kernel_of_another_copy_stays(self):
        spec = Path((self.venv / "unlearn4j" / "user").read_text())
        (spec / "kernel.json").write_text('{"metadata": {"unlearn4j": {"root": "/elsewhere"}}}')
        self.refuses("--user", says=["was not made by this copy of kernel-setup"])
        self.succeeds("uninstall")
        self.assertTrue(spec.exists())


class Caches(Setup):

    def setUp(self):
        self.prepare(self.addCleanup)
        self.cache = self.home / ".cache" / "unlearn4j"
        (self.cache / "mnist").mkdir(parents=True)
        (self.cache / "mnist" / "images.gz").write_bytes(bytes(1_500_000))
        self.beside = self.home / ".cache" / "somebody"
        self.beside.mkdir()

    def asked(self, answer):
        """What is said and returned where somebody sits at a terminal and answers."""
        terminal, end = pty.openpty()
        os.write(terminal, answer.encode())
        try:
            return subprocess.run([self.root / "kernel-setup" / "uninstall", "--all"], stdin=end, text=True,
                                  capture_output=True, env={"PATH": str(self.tools), "HOME": str(self.home)})
        finally:
            os.close(terminal)
            os.close(end)

    def test_without_all_they_stay(self):
        self.assertNotIn(str(self.cache), self.succeeds("uninstall"))
        self.assertTrue((self.cache / "mnist" / "images.gz").exists())

    def test_all_says_which_and_how_large_and_takes_no_others(self):
        (self.home / ".djl.ai").mkdir()
        said = self.succeeds("uninstall", "--all", "--yes")
        self.assertIn(f"1.5 MB  {self.cache / 'mnist'}", said)
        self.assertIn(f"removed {self.cache}", said)
        self.assertIn(f"{self.home / '.djl.ai'} stays", said)
        self.assertFalse(self.cache.exists())
        self.assertTrue(self.beside.exists() and (self.home / ".djl.ai").exists())
        self.assertNotIn("removed", self.succeeds("uninstall", "--all", "--yes"))

    def test_it_asks(self):
        no = self.asked("no\n")
        self.assertEqual((1, "nothing was removed"), (no.returncode, no.stderr.strip()))
        self.assertTrue(self.cache.exists())
        yes = self.asked("y\n")
        self.assertEqual(0, yes.returncode, yes.stderr)
        self.assertFalse(self.cache.exists())

    def test_nobody_to_ask(self):
        result = self.run_script("uninstall", "--all")
        self.assertEqual(1, result.returncode)
        self.assertIn("--all --yes", result.stderr)
        self.assertTrue(self.cache.exists())

    def test_a_folder_that_the_user_named_stays_and_a_link_is_not_followed(self):
        said = self.succeeds("uninstall", "--all", "--yes", UNLEARN4J_DATA=str(self.cache / "mnist"))
        self.assertIn("UNLEARN4J_DATA names it", said)
        self.assertTrue((self.cache / "mnist" / "images.gz").exists())
        self.cache.rename(self.beside / "moved")
        self.cache.symlink_to(self.beside / "moved")
        self.assertIn("it is a link", self.succeeds("uninstall", "--all", "--yes"))
        self.assertTrue((self.beside / "moved" / "mnist" / "images.gz").exists())
        self.cache.unlink()
        self.cache.mkdir()
        (self.cache / "other").symlink_to(self.beside)
        self.succeeds("uninstall", "--all", "--yes")
        self.assertTrue((self.beside / "moved" / "mnist").exists())


if __name__ == "__main__":
    unittest.main()
