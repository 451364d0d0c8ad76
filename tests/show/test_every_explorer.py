"""Every interactive of the course asks first, then moves, and says all of it standing still."""

from collections.abc import Iterator

import pytest

from annkit.lessons.activations.explorer import activation_explorer
from annkit.lessons.autodiff.explorer import tape_explorer
from annkit.lessons.backpropagation.explorer import backprop_stepper
from annkit.lessons.beyond.explorer import shared_weights
from annkit.lessons.chain_rule.explorer import neuron_steps
from annkit.lessons.costs.explorer import cost_explorer
from annkit.lessons.forward.explorer import shape_explorer
from annkit.lessons.gradient_descent.explorer import descent_explorer
from annkit.lessons.neurons.explorer import leaky_neuron
from annkit.lessons.neurons.volley_explorer import frayed_volleys
from annkit.lessons.perceptron.explorer import perceptron_steps
from annkit.lessons.practice.explorer import sick_network_clinic, training_dashboard
from annkit.lessons.sgd.explorer import optimiser_race
from annkit.show import picture
from annkit.show.moving import canvas
from annkit.show.moving.interactive import Explorer
from tests.show.explorers import ends_of, frame

# The course is looked at, and each picture drawn many times.
pytestmark = pytest.mark.slow

EXPLORERS = [
    activation_explorer,
    backprop_stepper,
    cost_explorer,
    descent_explorer,
    frayed_volleys,
    leaky_neuron,
    neuron_steps,
    optimiser_race,
    perceptron_steps,
    shape_explorer,
    shared_weights,
    sick_network_clinic,
    tape_explorer,
    training_dashboard,
]


@pytest.fixture(scope="module", params=EXPLORERS, ids=lambda make: make.__name__)
def explorer(request: pytest.FixtureRequest) -> Iterator[Explorer]:
    """The interactive in coarse pixels, which nobody looks at."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (canvas, picture):
            patch.setattr(module, "SHARPNESS", 0.2)
        yield request.param()


def test_the_panel_asks_first_and_then_moves(explorer: Explorer) -> None:
    panel = explorer.panel
    assert explorer.prediction is not None
    shown = {"asked": panel.asked.layout, "controls": panel.controls.layout}
    assert [name for name, layout in shown.items() if layout.display == "flex"] == ["asked"]
    panel.commit(next(iter(explorer.prediction.outcomes)))
    assert [name for name, layout in shown.items() if layout.display == "flex"] == ["controls"]
    before, words = panel.image.value, panel.text.value
    panel.set(next(values for values in explorer.presets.values() if values != panel.values))
    assert panel.image.value != before
    assert panel.text.value != words
    assert "could not be drawn" not in panel.text.value


def test_every_control_goes_to_its_ends(explorer: Explorer) -> None:
    for control in explorer.controls:
        for value in ends_of(control):
            assert frame(explorer, **{control.name: value}).text


def test_the_still_twin_tells_every_preset(explorer: Explorer) -> None:
    words = repr(explorer)
    assert all(label in words for label in explorer.presets)
    explorer.twin._canvas.fig.set_layout_engine("none")  # finding one is half of the work
    assert explorer.twin.html().count("<img") == len(explorer.presets)
