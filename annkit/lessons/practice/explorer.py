"""Centre-piece of chapter 11: a dashboard to learn to read, and a clinic to read it in.

On the dashboard the illness is chosen and a healthy twin is drawn in grey. In the clinic the
illness is hidden: name it, prescribe, and see whether the patient recovers; the untreated training
is grey. Whoever comes unexamined is shown with the first epochs, and examined to the end at once.

Not here: the patients (`clinic`), the panels (`dashboard`).
"""

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from matplotlib.figure import Figure

from annkit.lessons.practice.clinic import (
    ILLNESSES,
    NOTHING,
    PRESCRIPTIONS,
    WELL,
    Examination,
    examination,
    examine,
    patient,
)
from annkit.lessons.practice.dashboard import Dashboard, percent, told
from annkit.show.moving.controls import Choice, Frame, Prediction, Slider
from annkit.show.moving.interactive import Explorer, explorer

SIZE: dict[str, Any] = {"width": 9.6, "height": 4.9}
N_VISITS = 3 * len(ILLNESSES)
UNDECIDED = "not yet"
FOR_SOMETHING_ELSE = "This prescription is for something else."
TRAINING_SECONDS = 0.004  # in one go, or one epoch, which takes up to 0.016
SHOWN = 42  # the visit whose network the dashboard shows


def draw_dashboard(fig: Figure) -> Callable[..., Frame]:
    """Draw the panels once and return the function that shows an illness at an epoch."""
    board = Dashboard(fig, "healthy twin")

    def update(illness: str, progress: int) -> Frame:
        chart = examine(SHOWN, illness)
        twin = None if illness == WELL else examine(SHOWN, WELL)
        return board.update(chart, max(1, round(progress / 100 * len(chart.diary.cost))), twin)

    return update


def training_dashboard() -> Explorer:
    """Show the dashboard of one network with an illness of your choice, epoch by epoch."""
    return explorer(
        draw_dashboard,
        controls=[
            Choice("illness", "what is wrong", [*ILLNESSES]),
            Slider("progress", "training done", "%", 0, 100, 5, value=50),
        ],
        presets={
            "well": {"illness": WELL, "progress": 100},
            "small weights": {"illness": "weights too small for the depth", "progress": 100},
            "large steps, at first": {"illness": "learning rate too large", "progress": 0},
            "flat sigmoids": {"illness": "saturated sigmoids", "progress": 100},
            "wrong pairs": {"illness": "labels lost their examples", "progress": 100},
            "overfitting": {"illness": "overfitting", "progress": 100},
        },
        prediction=Prediction(
            "Somebody shuffled the inputs and forgot to shuffle the labels with them. Training "
            "cost and held-back cost stay near ln 3. Which of the lower panels gives it away?",
            {
                "the deltas: they shrink from layer to layer": (
                    "Nothing is wrong with the layers. What is sent back is of a sound size; it is "
                    "about the wrong examples."
                ),
                "the silent units: nearly all are": (
                    "Units fall silent from steps too long or weights out of range. Here each unit "
                    "hears something all the time, and it is contradicted by the next batch."
                ),
                "none of them: the layers look well": (
                    "Yes. When every layer is in good health and still nothing is learned, the "
                    "fault lies outside the network: in the data."
                ),
            },
        ),
        title="Training dashboard",
        **SIZE,
    )


def draw_clinic(fig: Figure) -> Callable[..., Frame]:
    """Draw the panels once and return the function that shows a visit."""
    board = Dashboard(fig, "without it")

    def update(visit: int, diagnosis: str, prescription: str) -> Frame:
        illness = patient(visit)
        untreated, treated = (examination(visit, illness, p) for p in (NOTHING, prescription))
        shown = treated if untreated.is_over else untreated
        is_over = examined_for_a_while(shown) and shown is treated
        before, chart = untreated.chart, shown.chart
        is_treated = shown is not untreated
        said = board.update(chart, chart.n_epochs, before if is_treated else None)
        words = [f"Visit {visit}.", said.text]
        if is_treated and is_over:
            shares = (percent(x.diary.valid[-1, 0]) for x in (before, chart))
            words.append("Held back, right: {} before, {} with it.".format(*shares))
        if diagnosis != UNDECIDED and is_over:
            found = told(before, before.vitals[-1], before.n_epochs).numbers
            words.append(verdict(illness, diagnosis, prescription, found))
        return Frame(" ".join(words), said.numbers, goes_on=not is_over)

    return update


def examined_for_a_while(found: Examination) -> bool:
    """Go on with an examination for as long as a frame can wait, and say whether it is over."""
    end = time.perf_counter() + TRAINING_SECONDS
    while not found.is_over:
        found.go_on()
        if time.perf_counter() > end:
            break
    return found.is_over


def verdict(illness: str, diagnosis: str, prescription: str, found: Mapping[str, Any]) -> str:
    """Answer a diagnosis, and say of a prescription what it does.

    Args:
        illness: what the patient has.
        diagnosis: what the learner thinks it has.
        prescription: what it was given.
        found: the numbers of its untreated training.
    """
    named = ILLNESSES[diagnosis]
    if diagnosis != illness:
        seen = "; ".join(f"{name}: {found[name]}" for name in named.look_at)
        signs = named.signs[0].lower() + named.signs[1:]
        return (
            f"It is not “{diagnosis}”. If it were, you would see this: {signs} "
            f"What you do see: {seen}."
        )
    words = f"Your diagnosis is right: {illness}. {named.signs}"
    if prescription == NOTHING or illness == WELL:
        return words
    return f"{words} {named.effect if prescription == named.cure else FOR_SOMETHING_ELSE}"


def waiting_room(visit: int, **_: object) -> Iterator[Examination]:
    """Examine the next patient, this one as the right prescription leaves it, and all others.

    A little at a time: while a chart is read nobody waits for a training, nor does whoever moves
    the slider then.
    """
    queue = [((visit + step) % N_VISITS + 1, NOTHING) for step in range(N_VISITS)]
    queue.insert(1, (visit, ILLNESSES[patient(visit)].cure))
    for number, prescription in queue:
        found = examination(number, patient(number), prescription)
        while not examined_for_a_while(found):
            yield found
        yield found


def sick_network_clinic() -> Explorer:
    """Receive patients: read the dashboard, name the illness, prescribe."""
    first = {patient(visit): visit for visit in range(len(ILLNESSES), 0, -1)}
    dead = first["ReLUs dead from the start"]
    leaked = first["test examples among the training ones"]
    sorted_, shuffled = first["sorted and never shuffled"], first["labels lost their examples"]
    return explorer(
        draw_clinic,
        controls=[
            Slider("visit", "visit", "", 1, N_VISITS, 1, resets=("diagnosis", "prescription")),
            Choice("diagnosis", "diagnosis", [UNDECIDED, *ILLNESSES]),
            Choice("prescription", "prescription", [*PRESCRIPTIONS]),
        ],
        presets={
            "a first patient": {"visit": dead},
            "treated": {
                "visit": dead,
                "diagnosis": "ReLUs dead from the start",
                "prescription": "new first weights",
            },
            "too good": {"visit": leaked},
            "too good, asked why": {
                "visit": leaked,
                "diagnosis": "test examples among the training ones",
                "prescription": "hold back other examples",
            },
            "good cost, bad answers": {"visit": sorted_},
            "the wrong pill": {
                "visit": shuffled,
                "diagnosis": "learning rate too small",
                "prescription": "steps 500 times longer",
            },
        },
        prediction=Prediction(
            "Each patient has one of fourteen conditions. How many of them would you recognise "
            "from the two cost curves alone?",
            {
                "nearly all": (
                    "Seven of the fourteen end with a training cost near ln 3, and from there "
                    "they look much alike."
                ),
                "about half": (
                    "About right. The other half end with a training cost near ln 3 and look much "
                    "alike from there; the layers and the numbers tell them apart."
                ),
                "two or three": (
                    "A few more than that. Both costs near 0, one falling while the other rises, "
                    "one far above the other: each is a sign of its own. The rest need the layers, "
                    "or a look at the data."
                ),
            },
        ),
        title="The sick-network clinic",
        ahead=waiting_room,
        **SIZE,
    )
