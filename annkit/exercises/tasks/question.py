"""Tasks answered in words: a `Question` by a letter, an `Explanation` by a few sentences.

A question offers lettered options, every one with its own explanation. An explanation is marked by
a person along a scheme.

Not here: tasks answered with code (`task`), judging (`annkit.exercises.judging.choices`).
"""

import re
from dataclasses import dataclass
from typing import Any

from annkit.exercises.tasks.task_base import TaskBase
from annkit.exercises.tasks.texts import unwrapped

_MOST_OPTIONS = 8


@dataclass(frozen=True)
class Option:
    """One option of a question: its text, and what is right or wrong about it."""

    text: str
    why: str
    correct: bool = False

    def __post_init__(self) -> None:
        """Put the lines of a paragraph together."""
        object.__setattr__(self, "text", unwrapped(self.text))
        object.__setattr__(self, "why", unwrapped(self.why))


class Question(TaskBase):
    """A concept question with lettered options; every option explains itself.

    Args:
        id: the file's stem.
        title: a few words.
        points: 1, or 0 for a question that only recalls.
        prompt: Markdown.
        options: in the order they are shown: a, b, c, …
    """

    kind = "question"

    def __init__(
        self, *, id: str, title: str, prompt: str, options: tuple[Option, ...], points: float = 1
    ) -> None:
        """Set the texts."""
        super().__init__(id, title, points)
        self.prompt = unwrapped(prompt)
        self.options = options

    @property
    def letters(self) -> str:
        """The letters of all options: "abcd"."""
        return "abcdefghijklmnopqrstuvwxyz"[: len(self.options)]

    @property
    def answer(self) -> str:
        """The letters of the right options, in order: "b"."""
        pairs = zip(self.letters, self.options, strict=True)
        return "".join(letter for letter, option in pairs if option.correct)

    def validate(self) -> None:
        """Raise `ExerciseError` at the first thing that is missing or contradicts itself."""
        super().validate()
        if not 2 <= len(self.options) <= _MOST_OPTIONS:
            raise self.error(f"expected 2 to {_MOST_OPTIONS} options, got {len(self.options)}")
        if len(self.answer) in (0, len(self.options)):
            raise self.error("expected some options to be right and some wrong")
        if not all(option.why.strip() and option.text.strip() for option in self.options):
            raise self.error("every option needs a text and an explanation")


def letters_in(value: Any) -> str | None:
    """A choice as sorted lower-case letters; "" for none yet, None if it is no choice at all.

    Example:
        >>> letters_in("b)"), letters_in("C, a"), letters_in("the first")
        ('b', 'ac', None)
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        return None
    words = re.findall(r"[^\W_]+", value.lower())
    letters = "".join(words)
    # More letters than any question has options are a sentence, not a choice.
    if len(letters) > _MOST_OPTIONS or (len(words) > 1 and any(len(w) > 1 for w in words)):
        return None
    return "".join(sorted(set(letters)))


class Explanation(TaskBase):
    """A task answered in words, and marked by a person along a scheme.

    Args:
        id: the file's stem.
        title: a few words.
        points: the sum of the scheme.
        prompt: Markdown.
        marking: (what earns it, points) in the order to look for them.
        model: a model explanation, Markdown.
    """

    kind = "explanation"

    def __init__(
        self,
        *,
        id: str,
        title: str,
        prompt: str,
        marking: tuple[tuple[str, float], ...],
        model: str,
        points: float = 2,
    ) -> None:
        """Set the texts."""
        super().__init__(id, title, points)
        self.prompt = unwrapped(prompt)
        self.marking = tuple((unwrapped(what), points) for what, points in marking)
        self.model = unwrapped(model)

    def validate(self) -> None:
        """Raise `ExerciseError` at the first thing that is missing or contradicts itself."""
        super().validate()
        if (total := sum(points for _, points in self.marking)) != self.points:
            raise self.error(f"the marking scheme sums to {total:g}, expected {self.points:g}")
        if not self.prompt.strip() or not self.model.strip():
            raise self.error("the prompt or the model explanation is empty")
