"""Whether there is a Java that Spark runs on: the one thing that pip does not bring."""

import os
import re
import subprocess
import sys
from pathlib import Path

OLDEST = 17
ADVICE = (
    f"Install Java {OLDEST} or newer, as with apt-get install openjdk-17-jre-headless "
    "or brew install openjdk@17, or name its folder in JAVA_HOME."
)


def java_problem():
    """What is wrong with the Java that Spark would start.

    Returns
    -------
    str or None
        A sentence; None where all is well.
    """
    home = os.environ.get("JAVA_HOME")
    java = Path(home) / "bin/java" if home else "java"
    try:
        completed = subprocess.run(
            [java, "-version"], capture_output=True, text=True, check=False
        )
    except OSError:
        return f"Spark needs Java, and there is none ({java}). {ADVICE}"
    # Until Java 8 the version began with 1, as in "1.8.0_392".
    version = re.search(r'version "(?:1\.)?([0-9]+)', completed.stderr)
    if completed.returncode or not version:
        return f"Spark needs Java, and {java} -version fails. {ADVICE}"
    if int(version[1]) < OLDEST:
        return f"Spark needs a newer Java than {version[1]} ({java}). {ADVICE}"
    return None


if __name__ == "__main__":
    sys.exit(java_problem())
