"""The centre-piece of chapter 9: what it adds up is what the engine gives."""

import pytest

from annkit.lessons.autodiff.cases import addition, cases, sentence
from annkit.lessons.autodiff.explorer import tape_explorer
from annkit.lessons.autodiff.pictures import still_graph
from tests.show.explorers import frame

# Frame after frame is drawn.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def explorer():
    return tape_explorer()


@pytest.mark.parametrize("name", list(cases()))
def test_every_sum_is_right_and_every_step_has_a_sentence(name):
    case = cases()[name]
    for step in case.tape.steps:
        assert sentence(case, step)
        if step.kind == "back" and name != "neuron":  # its numbers are rounded
            line, total = addition(case, step)
            plain = total.replace("−", "-")
            left, right = plain.split(" = ")
            assert eval(left) == eval(right)
            slope, grad = line.replace("−", "-").split(" += ")[1].split(" × ")
            assert eval(slope) * eval(grad) == step.share


def test_the_gradients_are_those_of_the_formulas():
    def at_the_end(name):
        case = cases()[name]
        return {case.name(n): grad for n, grad in enumerate(case.tape.steps[-1].grads)}

    assert at_the_end("a + a") == {"a": 2, "y": 1}
    assert at_the_end("chain")["x"] == -4 * 2.0**3
    assert at_the_end("diamond")["a"] == -3 * 3.0**2
    assert at_the_end("reuse: a·a + a")["a"] == 2 * 3 + 1
    assert at_the_end("middle: u·u + u")["a"] == (2 * 9 + 1) * 2 * 3
    neuron = at_the_end("neuron")
    assert neuron["w₁"] == pytest.approx(2 * neuron["b"])


def test_the_next_step_lights_another_arrow(explorer):
    panel = explorer.panel
    before, words = panel.image.value, panel.text.value
    panel.set({"step": 3})
    assert panel.image.value != before
    assert panel.text.value != words
    assert "0 + 1 = 1" in panel.text.value
    panel.set({"graph": "neuron", "step": 15})
    assert "could not be drawn" not in panel.text.value
    assert "last of 15 steps" in panel.text.value


def test_the_switch_changes_the_engine(explorer):
    frames = explorer.frames()
    ends = [f"u·u + u, {how}" for how in ("in order", "overwritten", "at once")]
    told = [frames[name].numbers["gradients"].split(",")[0] for name in ends]
    assert told == ["a 114", "a 27", "a 276"]
    assert "a.grad = 3 × 9, so 27 replaces 27" in frames[ends[1]].text


def test_a_step_beyond_the_last_stays_there(explorer):
    end = frame(explorer, graph="chain", step=cases()["chain"].last)
    assert frame(explorer, graph="chain", step=15) == end


def test_a_preset_tells_the_gradients(explorer):
    assert explorer.frames()["reuse, the third share"].numbers["gradients"].startswith("a 7")


def test_a_still_graph_says_its_numbers():
    alt = still_graph(cases()["diamond"]).alt
    assert "y = b × c" in alt
    assert "a −27" in alt


def test_a_still_graph_keeps_its_gradients_to_itself_before_a_prediction():
    picture = still_graph(cases()["reuse: a·a + a"], only_values=True)
    assert picture.alt.endswith("the values a 3, u 9, y 12.")
    shown = {text.get_text() for text in picture.fig.axes[0].texts if text.get_visible()}
    assert {"3", "9", "12"} <= shown
    assert not {"7", "1"} & shown


def test_a_still_graph_shows_gradients_of_somebody_else():
    alt = still_graph(cases()["reuse: a·a + a"], "yours", [1, 2, 3]).alt
    assert "gradients a 1, u 2, y 3" in alt
