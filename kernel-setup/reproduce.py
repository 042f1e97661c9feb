"""Starts the toolkit's unlearn4j.ledger.Reproduce as the kernel is started: same Java, same libraries, same settings."""

import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VARIABLES = {"--scale": "UNLEARN4J_SCALE", "--seeds": "UNLEARN4J_SEEDS"}


def main(arguments):
    spec = ROOT / ".venv" / "share" / "jupyter" / "kernels" / "unlearn4j"
    kernel = json.loads((spec / "kernel.json").read_text())
    environment = {"UNLEARN4J_SCALE": "PUBLISHED", **kernel["env"], **os.environ}
    rest = []
    given = iter(arguments)
    for argument in given:
        if argument in VARIABLES:
            value = next(given, None)
            if value is None:
                sys.exit(f"{argument} needs a value behind it")
            environment[VARIABLES[argument]] = value
        else:
            rest.append(argument)
    java, *options = kernel["argv"][:kernel["argv"].index("-cp")]
    libraries = kernel["argv"][kernel["argv"].index("-cp") + 1].replace("{resource_dir}", str(spec))
    os.execve(java, [java, *options, "-cp", libraries, "unlearn4j.ledger.Reproduce", *rest], environment)


if __name__ == "__main__":
    main(sys.argv[1:])
