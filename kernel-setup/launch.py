"""How the kernel is started: which Java runs it, and with which options.

kernel-setup/install writes that into the kernelspec. The wheel's kernelspec runs this file, which stands beside the
jars there and looks for Java at each start. Runs on Python's standard library alone.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

# A stack overflow's trace has 1,024 lines by default; the cell's own is among the first hundred of any other.
JVM_OPTIONS = [
    "--add-opens", "jdk.jshell/jdk.jshell=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
    "-XX:MaxRAMPercentage=60",
    "-XX:MaxJavaStackTraceDepth=100",
    "-Djava.awt.headless=true",
    "-Dai.djl.offline=true",
]

# What Spark's own launcher adds: it looks into the JDK's buffers.
SPARK_OPTIONS = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in (
    "java.lang", "java.lang.invoke", "java.lang.reflect", "java.io", "java.net", "java.nio", "java.util",
    "java.util.concurrent", "java.util.concurrent.atomic", "sun.nio.ch", "sun.nio.cs", "sun.security.action",
    "sun.util.calendar")]


class Refusal(Exception):
    """What cannot be done, in one line or one line for each reason."""


def apt_or_brew(apt, brew):
    return f"brew install {brew}" if sys.platform == "darwin" else f"sudo apt-get install {apt}"


def java_home():
    """The JDK that builds the toolkit and runs the kernel: JAVA_HOME's, else that of the java on the path."""
    mend = apt_or_brew("openjdk-17-jdk", "openjdk@17")
    given = os.environ.get("JAVA_HOME")
    java = Path(given) / "bin" / "java" if given else shutil.which("java")
    try:
        report = subprocess.run([java, "-XshowSettings:properties", "-version"], text=True, capture_output=True)
        home = Path(re.search(r"java\.home = (.*)", report.stderr).group(1)).resolve()
        version = int(re.search(r"java\.specification\.version = (?:1\.)?(\d+)", report.stderr).group(1))
    except (OSError, TypeError, AttributeError):
        if given:
            raise Refusal(f"JAVA_HOME ({given}) holds no Java that runs: set it to a JDK, 17 to 25, or {mend}")
        raise Refusal(f"Java 17 or newer is missing: {mend}")
    if not 17 <= version <= 25:
        raise Refusal(f"Java {version} ({home}) is not one of 17 to 25: {mend}, then set JAVA_HOME to it")
    if not (home / "bin" / "javac").exists():
        raise Refusal(f"Java {version} ({home}) has no compiler: {mend}")
    return home


def command(java, folder, spark=False):
    """What runs the kernel from the jars in a folder, but for the connection file."""
    options, jars = (SPARK_OPTIONS, f":{folder}/spark/*") if spark else ([], "")
    return [str(java / "bin" / "java"), *JVM_OPTIONS, *options, "-cp", f"{folder}/jjava.jar:{folder}/lib/*{jars}",
            "org.dflib.jjava.distro.JJava"]


def refuse(words, connection_file):
    """Answers each cell with why there is no kernel: a notebook doesn't show what a kernel says at its end."""
    print(words, file=sys.stderr, flush=True)
    try:
        from ipykernel.kernelapp import IPKernelApp
        from ipykernel.kernelbase import Kernel
    except ImportError:
        sys.exit(1)

    class WithoutJava(Kernel):
        implementation = "unlearn4j"
        implementation_version = "without Java"
        banner = words
        language_info = {"name": "java", "mimetype": "text/x-java-source", "file_extension": ".jshell"}

        def do_execute(self, code, silent, *_, **__):
            error = {"ename": "Refusal", "evalue": words, "traceback": [words]}
            self.send_response(self.iopub_socket, "error", error)
            return {"status": "error", "execution_count": self.execution_count, **error}

    IPKernelApp.launch_instance(["-f", connection_file], kernel_class=WithoutJava)


def main():
    connection_file = sys.argv[1]
    try:
        start = command(java_home(), Path(__file__).resolve().parent)
    except Refusal as refusal:
        refuse(str(refusal), connection_file)
    else:
        os.execv(start[0], [*start, connection_file])


if __name__ == "__main__":
    main()
