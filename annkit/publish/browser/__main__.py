"""`python -m annkit.publish.browser FOLDER`: the browser edition, written into a folder.

Not here: making it (`lite_site`).
"""

import argparse
from pathlib import Path

from annkit.exercises.tasks.catalogue import course
from annkit.publish.browser.lite_site import ROOT, build


def main() -> None:
    """Build into the folder named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m annkit.publish.browser", description=__doc__)
    parser.add_argument("folder", type=Path, help="what is there is replaced")
    parser.add_argument(
        "--pyodide", type=Path, metavar="FOLDER", help="Pyodide's own distribution, unpacked"
    )
    options = parser.parse_args()
    build(course(), options.folder, tools=ROOT / ".site", whole_pyodide=options.pyodide)


if __name__ == "__main__":
    main()
