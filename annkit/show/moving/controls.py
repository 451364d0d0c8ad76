"""What a learner can set in an interactive, and the prediction that comes before it.

Plain descriptions, no widgets: the still twin and the tests read them too.

Not here: how they look on the screen (`panel`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from annkit.show.tables import in_words


@dataclass(frozen=True)
class Slider:
    """A number in a range: a number box with a slider beside it.

    Whole numbers if `low`, `high`, `step` and `value` all are.

    Attributes:
        name: keyword under which the drawing function gets the value.
        label: what the learner reads.
        unit: "" for none.
        low: smallest value.
        high: largest value.
        step: distance of neighbouring values.
        value: value at the start; `low` if None.
        resets: names of controls that go back to their start when this one is moved by hand.
    """

    name: str
    label: str
    unit: str
    low: float
    high: float
    step: float
    value: float | None = None
    resets: Sequence[str] = ()

    @property
    def start(self) -> float:
        """Value before anybody moves it."""
        return self.low if self.value is None else self.value

    @property
    def is_whole(self) -> bool:
        """Whether the values are whole numbers."""
        return all(isinstance(v, int) for v in (self.low, self.high, self.step, self.start))

    def problem(self, value: object) -> str:
        """Say why a value cannot be set; "" if it can."""
        if isinstance(value, int | float) and self.low <= value <= self.high:
            return ""
        return f"expected a number from {in_words(self.low)} to {in_words(self.high)}"

    def words(self, value: object) -> str:
        """Return the value with its unit."""
        return f"{in_words(value)} {self.unit}".strip()


@dataclass(frozen=True)
class Choice:
    """One of a few words.

    Attributes:
        name: keyword under which the drawing function gets the value.
        label: what the learner reads.
        options: the words.
        value: value at the start; the first option if None.
    """

    name: str
    label: str
    options: Sequence[str]
    value: str | None = None

    @property
    def start(self) -> str:
        """Value before anybody changes it."""
        return self.options[0] if self.value is None else self.value

    def problem(self, value: object) -> str:
        """Say why a value cannot be set; "" if it can."""
        return "" if value in self.options else f"expected one of {', '.join(self.options)}"

    def words(self, value: object) -> str:
        """Return the value as it is read."""
        return str(value)


@dataclass(frozen=True)
class Toggle:
    """On or off.

    Attributes:
        name: keyword under which the drawing function gets the value.
        label: what the learner reads.
        value: value at the start.
    """

    name: str
    label: str
    value: bool = False

    @property
    def start(self) -> bool:
        """Value before anybody changes it."""
        return self.value

    def problem(self, value: object) -> str:
        """Say why a value cannot be set; "" if it can."""
        return "" if isinstance(value, bool) else "expected True or False"

    def words(self, value: object) -> str:
        """Return the value as it is read."""
        return "on" if value else "off"


Control = Slider | Choice | Toggle
Value = float | str | bool


@dataclass(frozen=True)
class Prediction:
    """A question to commit to before anything moves.

    Attributes:
        question: what will happen? One or two sentences.
        outcomes: the possible predictions, and for each what to say to somebody who made it, so
            that the right and the wrong guess are both answered. Empty: the learner types freely.
        answer: said to everybody afterwards; needed where the prediction is typed.
    """

    question: str
    outcomes: Mapping[str, str] = field(default_factory=dict)
    answer: str = ""

    def __post_init__(self) -> None:
        if len(self.outcomes) == 1 or not (self.outcomes or self.answer):
            raise ValueError(
                "outcomes: expected two or more predictions, each with its answer, "
                "or none and an answer for what is typed"
            )


@dataclass(frozen=True)
class Frame:
    """What a picture says at the current setting.

    Attributes:
        text: one or two sentences with the numbers.
        numbers: the same as named numbers or words, units in the names; shown in one line.
        goes_on: whether the picture shows a beginning, and asking again with the same values
            shows more. So a frame need not wait for what takes long.
    """

    text: str
    numbers: Mapping[str, object] = field(default_factory=dict)
    goes_on: bool = False
