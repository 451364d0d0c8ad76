"""A classroom: a complete course directory for nbgrader, in which its stock commands work.

It is made beside its place and moved there when it is whole.

Not here: the notebooks themselves (`annkit.publish`), the class list (`intake.roster`).
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from annkit.exercises import Catalogue
from annkit.exercises.tasks.edition import Edition
from annkit.grading.intake.course import CONFIG
from annkit.grading.intake.course_file import EXAMPLE, FILE_NAME, example
from annkit.grading.intake.course_words import nearest
from annkit.grading.intake.roster import RosterError, read_roster, roster_csv

_CONFIGURATION = '''"""nbgrader's configuration of this course."""

from pathlib import Path

c = get_config()  # noqa: F821

# What is run in this folder is about this course, whichever one your own settings name.
c.CourseDirectory.root = str(Path(__file__).parent)

# What nbgrader's exchange calls the course; students name it, too, on a hub.
c.CourseDirectory.course_id = {course_id!r}

# What late work costs: "none", or "zero" for everything; or name a plug-in of your own.
c.LateSubmissionPlugin.penalty_method = "none"

# nbgrader's own export does not quote names with commas.
c.ExportApp.plugin_class = "annkit.grading.books.export_csv.QuotedCsv"
'''

_README = """# Teaching with this folder

| to … | run, in this folder |
|---|---|
| hand out | give `release/<chapter>/` to the class |
| take in | `submitted/<student>/<chapter>/<chapter>.ipynb`, or a download as it is |
| mark | `annkit grade .` or `annkit grade download.zip <chapter>` |
| choose what your class gets | `annkit-course.toml`, then `annkit classroom update .` |
| set due dates, and which attempt counts | `annkit-course.toml`, then `annkit grade .` |
| look, and mark explanations | `jupyter lab --LabApp.default_url=/formgrader` |
| give back | `nbgrader generate_feedback <chapter> --force` |
| a table for the office, Moodle or Canvas | `annkit marks .` |
| see what the class got wrong | `annkit report .` |
| see who graded what when | `annkit ledger .` |
| keep a copy of all of it | `annkit classroom backup . ../saved.tar.gz` |
| delete a student | `annkit forget . <student>` |

`annkit doctor` says how well this machine locks submissions in. `.annkit-secret` decides the
inputs that marks are made with: keep it to yourself, and keep it. `annkit-identities.jsonl` says
whose the ledger's pseudonyms are.
"""


class ClassroomError(Exception):
    """No classroom was made; nothing is left behind."""


def classroom_new(
    options: argparse.Namespace,
    course: Catalogue,
    sources: Callable[[Catalogue], Mapping[Path, bytes]],
) -> int:
    """`annkit classroom new`; returns the exit status.

    Args:
        options: folder, roster and chapters.
        course: the whole of it.
        sources: makes a class's files for `source/`.
    """
    chapters = course.chapters
    wanted = sorted(set(options.chapter or ()))
    try:
        for name in wanted:
            if name not in chapters:
                raise ClassroomError(f"there is no chapter {name}; {nearest(name, chapters)}")
        roster = read_roster(options.roster) if options.roster else None
        refuse_what_is_in_use(options.folder)
        files = sources(Catalogue(course.root, Edition(tuple(wanted))))
        students = roster.students if roster else []
        make_classroom(options.folder, files, students, course_file=example(wanted))
    except (ClassroomError, RosterError, OSError) as error:
        print(f"annkit classroom: {error}", file=sys.stderr)
        return 1
    print(f"{options.folder}: released {', '.join(wanted or chapters)}.")
    if roster:
        print(f"Students: {roster}.")
    print(f"Next: read {options.folder / 'README.md'}, hand out {options.folder / 'release'}.")
    return 0


def make_classroom(
    folder: Path,
    sources: Mapping[Path, bytes],
    students: Sequence[dict[str, str]],
    *,
    course_file: str = EXAMPLE,
) -> None:
    """Make a course directory.

    Args:
        folder: where; it must not exist yet, or be empty.
        sources: the teacher's notebooks: path inside `source/` → content.
        students: rows of a roster.
        course_file: what the teacher's file begins with.

    Raises:
        ClassroomError: the folder is in use, or nbgrader refused.
    """
    folder = folder.resolve()
    refuse_what_is_in_use(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as place:
        fresh = Path(place) / folder.name
        _fill(fresh, sources, students, course_file)
        # Marks and work are nobody else's on this machine; `annkit grade` keeps it so.
        fresh.chmod(0o700)
        if folder.exists():
            folder.rmdir()
        shutil.move(fresh, folder)


def refuse_what_is_in_use(folder: Path) -> None:
    """Make sure that nothing is overwritten.

    Raises:
        ClassroomError: there is something.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ClassroomError(f"{folder} exists already and is not empty")


def _fill(
    fresh: Path,
    sources: Mapping[Path, bytes],
    students: Sequence[dict[str, str]],
    course_file: str,
) -> None:
    for name, content in sources.items():
        path = fresh / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (fresh / "submitted").mkdir()
    (fresh / CONFIG).write_text(_CONFIGURATION.format(course_id=fresh.name), encoding="utf-8")
    (fresh / FILE_NAME).write_text(course_file, encoding="utf-8")
    (fresh / "README.md").write_text(_README, encoding="utf-8")
    (fresh / "roster.csv").write_text(roster_csv(list(students)), encoding="utf-8", newline="")
    _nbgrader(fresh, "generate_assignment", "*")
    if students:
        _nbgrader(fresh, "db", "student", "import", "roster.csv")


def _nbgrader(folder: Path, *words: str) -> None:
    """Run a stock command in a course directory.

    Raises:
        ClassroomError: it failed; the text is what it said.
    """
    # It starts `alembic` by its bare name.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    result = subprocess.run(
        [sys.executable, "-m", "nbgrader", *words],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
    )
    if result.returncode:
        raise ClassroomError(f"nbgrader {' '.join(words)} failed:\n{result.stderr[-2000:]}")
