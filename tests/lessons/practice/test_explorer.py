"""The centre-pieces of chapter 11 draw what the charts say, and answer a diagnosis."""

import numpy as np
import pytest

from annkit.lessons.practice.clinic import (
    ILLNESSES,
    NOTHING,
    WELL,
    examination,
    examine,
    patient,
)
from annkit.lessons.practice.dashboard import Dashboard
from annkit.lessons.practice.explorer import (
    FOR_SOMETHING_ELSE,
    N_VISITS,
    SHOWN,
    UNDECIDED,
    sick_network_clinic,
    training_dashboard,
    verdict,
    waiting_room,
)
from annkit.show.moving.controls import Value
from annkit.show.style import blank_figure
from tests.sampling import LONG
from tests.show.explorers import frame

# Frame after frame is drawn.
pytestmark = pytest.mark.slow


def test_the_curves_are_the_diary() -> None:
    board = Dashboard(blank_figure(9.6, 4.9), "twin")
    chart, twin = examine(1, "overfitting"), examine(1, WELL)
    board.update(chart, 60, twin)
    np.testing.assert_allclose(
        np.array(board.cost.held.get_ydata()), np.clip(chart.diary.valid_cost[:, 0], 0.01, 30)
    )
    np.testing.assert_allclose(np.array(board.right.grey.get_ydata()), twin.diary.valid[:, 0])
    assert np.array(board.cost.here.get_xdata()).tolist() == [0.5, 0.5]  # epoch 60 of 120
    assert board.note.get_visible()
    board.update(chart, 60)
    assert np.size(board.cost.grey.get_ydata()) == 0
    assert not board.note.get_visible()


def test_a_layer_more_is_a_row_more() -> None:
    board = Dashboard(blank_figure(9.6, 4.9), "twin")
    for illness in (WELL, "weights too small for the depth"):
        chart = examine(1, illness)
        board.update(chart, 40)
        n_layers = len(chart.vitals[0].moves)
        assert sum(hill.get_visible() for hill in board.delta.hills) == n_layers
        assert sum(hill.get_visible() for hill in board.a.hills) == n_layers - 1
        assert sum(bar.get_visible() for bar in board.silent.bars) == n_layers - 1
    widths = [bar.get_width() for bar in board.silent.bars]
    np.testing.assert_allclose(widths[: n_layers - 1], chart.vitals[-1].silent)


def test_from_patient_to_patient_the_background_stays() -> None:
    """Drawing it anew takes five times as long as a frame."""
    fig = blank_figure(9.6, 4.9)
    board = Dashboard(fig, "twin")
    board.update(examine(1, WELL), 40)
    fig.canvas.draw()
    fig.stale = False
    for illness in ILLNESSES:
        board.update(examine(1, illness), 40, examine(1, WELL))
        assert not fig.stale, illness
    board.update(examine(1, "saturated sigmoids"), 40)
    assert [tick.get_text() for tick in board.a.ticks] == ["0", "0.25", "0.5", "0.75", "1"]


@pytest.mark.parametrize(
    ("illness", "words"),
    [
        ("all weights start at zero", "0 ÷ 0"),
        ("ReLUs dead from the start", "nothing moves"),
        ("learning rate too large", "run away"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_no_layer_is_named_beside_it(
    illness: str, words: str
) -> None:
    board = Dashboard(blank_figure(9.6, 4.9), "twin")
    board.update(examine(5, illness), 40)
    assert board.moves.nothing.get_text() == words
    assert not any(name.get_visible() for name in board.moves.names)


def test_a_runaway_is_told_in_words() -> None:
    ran_away = next(
        visit
        for visit in range(1, 20)
        if np.isnan(examine(visit, "learning rate too large").diary.cost[-1, 0])
    )
    board = Dashboard(blank_figure(9.6, 4.9), "twin")
    said = board.update(examine(ran_away, "learning rate too large"), 40)
    assert said.text.endswith("the numbers have run away.")
    assert said.numbers["cost, held back"] == "none"


def test_the_dashboard_follows_the_training() -> None:
    explorer = training_dashboard()
    early, late = (frame(explorer, illness="overfitting", progress=p) for p in (0, 100))
    assert early.text.startswith("Epoch 1 of 120")
    assert late.numbers["right, training"] == "100 %"
    assert examine(SHOWN, "overfitting").diary.train[-1, 0] == 1


def test_a_visit_shows_the_patient_untreated_until_something_is_prescribed() -> None:
    explorer = sick_network_clinic()
    illness, cure = patient(2), ILLNESSES[patient(2)].cure
    before = frame(explorer, visit=2)
    assert illness not in before.text
    after = frame(explorer, visit=2, diagnosis=illness, prescription=cure)
    assert "before" in after.text
    assert "removes the cause" in after.text
    assert after.numbers != before.numbers


@pytest.mark.parametrize("n_visits", [len(ILLNESSES), pytest.param(N_VISITS, marks=LONG)])
def test_the_next_patient_and_the_right_cure_are_ready_first_and_then_everybody(
    n_visits: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annkit.lessons.practice.explorer.N_VISITS", n_visits)
    examination.cache_clear()
    room = waiting_room(visit=n_visits, diagnosis=UNDECIDED, prescription=NOTHING)
    examined = [*dict.fromkeys(room)]
    assert all(found.is_over for found in examined)
    cure = ILLNESSES[patient(n_visits)].cure
    assert examined[:2] == [
        examination(1, patient(1), NOTHING),
        examination(n_visits, patient(n_visits), cure),
    ]
    everybody = {examination(v, patient(v), NOTHING) for v in range(1, n_visits + 1)}
    assert everybody == {*examined} - {examined[1]}
    assert examination.cache_info().misses == n_visits + 1


def test_no_frame_waits_for_a_training_and_the_last_shows_what_came_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("annkit.lessons.practice.explorer.TRAINING_SECONDS", 0.0)
    examination.cache_clear()
    canvas = sick_network_clinic().panel._canvas
    illness, cure = patient(2), ILLNESSES[patient(2)].cure
    values: dict[str, Value] = {"visit": 2, "diagnosis": illness, "prescription": cure}
    n_epochs = examination(2, illness, NOTHING).recipe.n_epochs
    said = [canvas.frame(values)[0]]
    while said[-1].goes_on:
        said.append(canvas.step(values))
    as_it_came, treated = said[:n_epochs], said[n_epochs:]  # an epoch each time
    for n, one in enumerate(as_it_came, 1):
        assert f"Epoch {n} of {n_epochs}:" in one.text
    assert len(treated) == examine(2, illness, cure).n_epochs
    assert not any("before" in one.text or cure in one.text for one in said[:-1])
    examination.cache_clear()
    assert said[-1] == frame(sick_network_clinic(), **values)


def test_curves_under_way_end_where_the_training_is() -> None:
    examination.cache_clear()
    begun = examination(1, WELL, NOTHING)
    for _ in range(10):
        begun.go_on()
    board = Dashboard(blank_figure(9.6, 4.9), "twin")
    said = board.update(begun.chart, begun.chart.n_epochs)
    assert said.text.startswith("Epoch 10 of 40: ")
    for line in (board.cost.training, board.right.held, board.moves.lines[0]):
        assert np.array(line.get_xdata())[[0, -1]].tolist() == [1 / 40, 10 / 40]
    assert board.moves.names[0].get_position()[0] == 10 / 40


def test_a_wrong_diagnosis_is_answered_with_its_own_signs_and_what_the_patient_shows_there() -> (
    None
):
    said = frame(sick_network_clinic(), visit=1, diagnosis="learning rate too large").text
    assert patient(1) == "inputs not standardised"
    assert "If it were, you would see this: the first epoch costs far more than ln 3" in said
    assert said.endswith("first epoch's cost: 22.6; inputs: 303 ± 98; right, training: 36 %.")
    assert "not standardised" not in said


def test_every_number_to_look_at_is_one_of_those_shown() -> None:
    shown = frame(sick_network_clinic(), visit=1).numbers
    assert all(set(illness.look_at) <= set(shown) for illness in ILLNESSES.values())


def test_of_a_prescription_is_said_what_it_does() -> None:
    dead = "ReLUs dead from the start"
    assert verdict(dead, dead, "no dropout", {}).endswith(FOR_SOMETHING_ELSE)
    assert verdict(dead, dead, "new first weights", {}).endswith("removes the cause.")
    assert "removes no cause" in verdict("overfitting", "overfitting", "an L2 penalty", {})


def test_the_clinic_does_not_show_its_diagnosis_first() -> None:
    explorer = sick_network_clinic()
    assert explorer.panel.holders["diagnosis"].value == UNDECIDED
    assert WELL in ILLNESSES
