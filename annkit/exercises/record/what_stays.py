"""What has stayed: first attempts, and what was written again a week or more later, unaided.

Points tell what was right in the end, with whatever help. By the delayed figure the course
measures itself.

Not here: when something is asked again (`schedule`).
"""

from dataclasses import dataclass

from annkit.exercises.record.progress_log import Record
from annkit.exercises.record.schedule import OWN, WRITE, day_of, is_remembered
from annkit.exercises.tasks.catalogue import Catalogue

DELAY = 7  # days


@dataclass(frozen=True)
class Stays:
    """Exercises in code, counted.

    Attributes:
        begun: of which an answer was judged.
        at_once: whose first answer was right.
        asked: that were asked again, a week or more after they were last dealt with.
        stayed: of these, what was right the last time, without help.
        explained: questions about their own code that were answered.
        understood: of these, what was right at the first choice.
    """

    begun: int = 0
    at_once: int = 0
    asked: int = 0
    stayed: int = 0
    explained: int = 0
    understood: int = 0

    @property
    def sentences(self) -> list[str]:
        """What there is to say of it; nothing before anything is known."""
        said = []
        if self.begun:
            said.append(f"Right at the first attempt: {self.at_once} of {self.begun} functions.")
        if self.explained:
            said.append(
                f"Questions about your own code, right at the first choice: {self.understood} of "
                f"{self.explained}."
            )
        if self.asked:
            said.append(
                f"Written again a week or more later, without help: {self.stayed} of "
                f"{self.asked}. That is what has stayed."
            )
        return said


def what_stays(catalogue: Catalogue, record: Record) -> Stays:
    """Count the exercises in code that the record tells of."""
    begun = at_once = asked = stayed = explained = understood = 0
    for id, events in record.by_id.items():
        if id not in catalogue.paths or catalogue.entry(id).kind != "exercise":
            continue
        tries = [e for e in events if e["event"] == "check" and e.get("attempted") is True]
        begun += bool(tries)
        at_once += bool(tries and tries[0].get("passed") is True)
        delayed = _delayed(events)
        asked += bool(delayed)
        stayed += bool(delayed and delayed[-1])
        choices = [e["passed"] for e in events if e["event"] == OWN and "passed" in e]
        explained += bool(choices)
        understood += bool(choices and choices[0] is True)
    return Stays(begun, at_once, asked, stayed, explained, understood)


def _delayed(events: list[dict[str, object]]) -> list[bool]:
    """Of each time a function was written again after a week or more, whether it was remembered.

    A solution that was looked up meanwhile makes the delay begin anew, as a check does.
    """
    outcomes, last = [], None
    for event in events:
        day = day_of(event)
        if day is None:
            continue
        if event["event"] == "review" and event.get("kind") == WRITE:
            if last is not None and (day - last).days >= DELAY:
                outcomes.append(is_remembered(event))
            last = day
        elif event["event"] in ("check", "solution") and event.get("attempted") is not False:
            last = day
    return outcomes
