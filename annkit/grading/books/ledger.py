"""The ledger of a course directory: what happened, one line each, never changed.

A line is one of three events: a run of the grader (who, when, which version), a verdict (what was
judged, and what came of it), or a mark (what counts from now on, what counted before, and why).
Students stand in it by pseudonym. Open to whoever reads the file are states, points, digests and
whose references were lent; all that quotes a student's work, and a person's reasons, are sealed, so
that they can be forgotten though nothing is rewritten. Lines of earlier editions, which sealed
nothing, are read as well.

Not here: who is behind a pseudonym (`pseudonyms`), sealing (`sealing`), whether a line is missing
(`chain`), the order in which things are written down (`filing`), which of several verdicts counts
(`attempts`).
"""

import getpass
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from annkit.distribution import version
from annkit.files import append, write
from annkit.grading.books import chain
from annkit.grading.books.pseudonyms import Pseudonyms
from annkit.grading.marking.verdict import Verdict, from_plain

FILE_NAME = "annkit-ledger.jsonl"
# What of a verdict, and of each of its marks, everybody may read who has the file.
_OPEN = ("student", "assignment", "notebook", "tier", "key", "content", "is_second")
_OPEN_OF_A_MARK = ("id", "state", "points", "max_points", "lent")


@dataclass(frozen=True)
class Judged:
    """A verdict in the ledger.

    Attributes:
        verdict: what was reached.
        handed_in: when the file was handed in, UTC; None if nobody knows.
    """

    verdict: Verdict
    handed_in: datetime | None


@dataclass(frozen=True)
class EnteredMark:
    """What counts for one notebook of one student: points judged, penalty, and whose verdict.

    Attributes:
        points: of the checks; None while there is no mark, since the machine or an exercise failed.
        penalty: for being late, taken from them.
        key: of the verdict; "" where a person decided.
        worth: exercise id → its points, of those that were worth others than their files say.
    """

    points: float | None
    penalty: float = 0.0
    key: str = ""
    worth: Mapping[str, float] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """Points that count; no mark counts none."""
        return max(0.0, (self.points or 0.0) - self.penalty)

    @property
    def words(self) -> str:
        """Points that count, with what they are made of if something was taken."""
        if self.points is None:
            return "no mark"
        if not self.penalty:
            return f"{self.total:g}"
        return f"{self.total:g} ({self.points:g} less {self.penalty:g} for being late)"


@dataclass(frozen=True)
class MarkChange:
    """What counts from now on.

    Attributes:
        student: whose mark it is.
        assignment: of which the notebook is a part.
        notebook: its name.
        was: what counted before; None if nothing did.
        now: what counts.
        why: in words.
        because: the reason a person gave, in their own words; sealed.
        exercise: the only exercise it is about; "" if it is the notebook.
    """

    student: str
    assignment: str
    notebook: str
    was: EnteredMark | None
    now: EnteredMark
    why: str
    because: str = ""
    exercise: str = ""

    @property
    def is_seen(self) -> bool:
        """Whether a mark that was there is another now, and not only another verdict's."""
        return self.was is not None and _seen(self.now) != _seen(self.was)


def _seen(mark: EnteredMark) -> tuple[bool, float]:
    """What tells a mark from another for whoever has it: none at all is no zero."""
    return mark.points is None, mark.total


@dataclass
class Ledger:
    """The ledger; a torn last line counts as not written.

    Attributes:
        course: the course directory; the file is made with the first line.
        pseudonyms: of its students.
    """

    course: Path
    pseudonyms: Pseudonyms = field(init=False)

    def __post_init__(self) -> None:
        """Read who is who."""
        self.pseudonyms = Pseudonyms(self.course)
        self._run = secrets.token_hex(4)
        self._end = (-1, "")  # size of the file, and what its last line is known by
        self._lines: dict[str, int] = {}  # key → where the latest verdict with it begins

    def entries(self) -> Iterator[dict[str, Any]]:
        """All lines as they stand, oldest first; those that cannot be read are passed over."""
        return (entry for _, entry in self._read())

    def _read(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """All lines, each with where it begins."""
        path = self.course / FILE_NAME
        if not path.exists():
            return
        begin = 0
        with path.open("rb") as file:
            for line in file:
                try:
                    entry = json.loads(line)
                except ValueError:
                    entry = None
                if isinstance(entry, dict):
                    yield begin, entry
                begin += len(line)

    def judged(self, assignment: str | None = None) -> Iterator[Judged]:
        """Verdicts, oldest first; those on students who were forgotten are left out.

        Args:
            assignment: only its own, which spares unsealing the others; all if None.
        """
        for begin, entry in self._read():
            judged = self._judged(entry) if _is_about(entry, assignment) else None
            if judged is not None:
                self._lines[judged.verdict.key] = begin
                yield judged

    def verdict(self, key: str) -> Verdict:
        """The latest verdict with a key, whole.

        Raises:
            KeyError: there is none, among those that were read or written.
        """
        with (self.course / FILE_NAME).open("rb") as file:
            file.seek(self._lines[key])
            judged = self._judged(json.loads(file.readline()))
        if judged is None:
            raise KeyError(key)
        return judged.verdict

    def _judged(self, entry: dict[str, Any]) -> Judged | None:
        """The verdict in a line; None if it holds none, or of a student who was forgotten."""
        try:
            verdict = from_plain(self._plain(entry))
            handed_in = entry.get("handed_in")
            moment = None if handed_in is None else datetime.fromisoformat(handed_in)
        except (ValueError, KeyError, TypeError):
            return None
        # An earlier edition wrote the student's own id.
        student: str | None = verdict.student
        if "event" in entry:
            student = self.pseudonyms.student(verdict.student)
        return None if student is None else Judged(replace(verdict, student=student), moment)

    def _plain(self, entry: dict[str, Any]) -> dict[str, Any]:
        """A verdict as it was before it was sealed.

        Raises:
            ValueError: its student was forgotten.
        """
        plain: dict[str, Any] = entry["verdict"]
        if "sealed" in entry:
            plain = json.loads(self.pseudonyms.opened(plain["student"], entry["sealed"]))
        return plain

    def reason(self, entry: dict[str, Any]) -> str:
        """The words of the person who gave a mark; "" if there are none, or they were forgotten."""
        try:
            return self.pseudonyms.opened(entry["student"], entry["because"]).decode()
        except (ValueError, KeyError):
            return ""

    def verdicts(self, assignment: str | None = None) -> Iterator[Verdict]:
        """The same without when they were handed in."""
        return (one.verdict for one in self.judged(assignment))

    def counting(self) -> dict[tuple[str, str, str], EnteredMark]:
        """Student, assignment and notebook → what counts by the latest line about it."""
        latest = {}
        for entry in self.entries():
            try:
                if "event" not in entry:
                    # The last edition entered whatever it judged.
                    verdict = from_plain(entry["verdict"])
                    place = (verdict.student, verdict.assignment, verdict.notebook)
                    latest[place] = EnteredMark(verdict.points, 0.0, verdict.key)
                elif entry["event"] == "mark" and not entry["exercise"]:
                    student = self.pseudonyms.student(entry["student"])
                    if student is not None:
                        place = (student, entry["assignment"], entry["notebook"])
                        latest[place] = EnteredMark(**entry["now"])
            except (KeyError, TypeError):
                continue
        return latest

    def began(self, command: str, **more: str) -> None:
        """Write down that a run begins: by whom, with which version.

        Args:
            command: what was called.
            more: what else decides marks: the sandbox, the policy.
        """
        self._append("run", {"who": _who(), "version": version(), "command": command, **more})

    def add_verdict(self, verdict: Verdict, handed_in: datetime | None) -> None:
        """Write down a verdict.

        Raises:
            OSError: it is not written, and nothing of it is left.
        """
        plain = replace(verdict, student=self.pseudonyms.of(verdict.student)).plain()
        opened = {name: plain[name] for name in _OPEN}
        opened["marks"] = [
            {name: mark[name] for name in _OPEN_OF_A_MARK} for mark in plain["marks"]
        ]
        sealed = self.pseudonyms.sealed(verdict.student, json.dumps(plain).encode("ascii"))
        moment = None if handed_in is None else handed_in.isoformat()
        line = {"handed_in": moment, "verdict": opened, "sealed": sealed}
        self._lines[verdict.key] = self._append("verdict", line)

    def add_mark(self, change: MarkChange) -> None:
        """Write down what counts from now on.

        Raises:
            OSError: it is not written, and nothing of it is left.
        """
        line = {
            "student": self.pseudonyms.of(change.student),
            "assignment": change.assignment,
            "notebook": change.notebook,
            "exercise": change.exercise,
            "was": None if change.was is None else vars(change.was),
            "now": vars(change.now),
            "why": change.why,
        }
        if change.because:
            line["because"] = self.pseudonyms.sealed(change.student, change.because.encode())
        self._append("mark", line)

    def unsealed(self, pseudonym: str | None) -> int:
        """How many verdicts on a student an earlier edition has written in the open."""
        return sum(
            entry.get("event") == "verdict"
            and "sealed" not in entry
            and open_part(entry).get("student") == pseudonym
            for entry in self.entries()
        )

    def of_nobody_known(self) -> set[str]:
        """Keys of verdicts on students whose names are lost, and who were not forgotten."""
        keys, forgotten = set(), set()
        for entry in self.entries():
            if entry.get("event") == "verdict" and (verdict := open_part(entry)):
                keys.add((str(verdict.get("student")), str(verdict.get("key", ""))))
            elif entry.get("event") == "forgotten":
                forgotten.add(str(entry.get("student")))
        return {
            key
            for pseudonym, key in keys
            if pseudonym not in forgotten and self.pseudonyms.student(pseudonym) is None
        }

    def forgot(self, pseudonym: str) -> None:
        """Write down that a student was forgotten, and no more of them."""
        self._append("forgotten", {"student": pseudonym, "who": _who()})

    def _append(self, event: str, content: dict[str, Any]) -> int:
        """Write a line and have it on the disk before returning where it begins."""
        path = self.course / FILE_NAME
        size = path.stat().st_size if path.exists() else 0
        if self._end[0] != size:
            self._end = size, chain.last(path)
        head = {"written": datetime.now(UTC).isoformat(), "event": event, "run": self._run}
        line = json.dumps(head | {chain.AFTER: self._end[1]} | content).encode("ascii") + b"\n"
        append(path, line, mode=0o600, on_disk=True)
        # One grader at a time writes: what is behind the line is its end.
        self._end = path.stat().st_size, chain.digest_of(line)
        write(self.course / chain.END, self._end[1].encode("ascii"), mode=0o600)
        return self._end[0] - len(line)


def open_part(entry: Mapping[str, Any]) -> dict[str, Any]:
    """What everybody may read of the verdict in a line; empty if it holds none."""
    verdict = entry.get("verdict")
    return verdict if isinstance(verdict, dict) else {}


def _is_about(entry: Mapping[str, Any], assignment: str | None) -> bool:
    """Whether the open part of a line is about an assignment; None is all there are."""
    return assignment is None or open_part(entry).get("assignment") == assignment


def _who() -> str:
    """The user of this machine; a container may have none by name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
