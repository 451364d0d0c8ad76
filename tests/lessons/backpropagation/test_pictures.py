"""The still pictures of chapter 10 say in words what they show."""

import numpy as np

from annkit.lessons.backpropagation import pictures as backprop_pictures
from annkit.lessons.backpropagation.bug_fingerprints import Print, Row


def test_the_graph_and_the_product_have_the_same_numbers():
    picture = backprop_pictures.collapse([-0.5, 0.25], [[2.0, -2.0], [1.0, 4.0]])
    assert "hidden unit 1: −0.5 times 2 + 0.25 times −2 = −1.5" in picture.alt
    texts = [text.get_text() for ax in picture.fig.axes for text in ax.texts]
    assert texts.count("−1.5") == 2
    assert texts.count("0.5") == 2
    assert "0.25·(−2)" in texts


def test_the_smallest_error_is_told():
    h = np.array([1e-8, 1e-5, 1e-2])
    picture = backprop_pictures.error_curves(
        h, {"both sides": [1e-8, 1e-11, 1e-5]}, [("∝ h²", 2, 1e-4, 1e-2, 1e-9)]
    )
    assert "both sides: smallest error 1e-11 at h = 1e-05" in picture.alt
    assert picture.png


def test_the_clinic_ranks_by_accuracy_and_tells_who_ran_away():
    def row(bug, accuracy, error):
        return Row(
            bug, "", accuracy, [Print(name, error, 1, 1) for name in ("W1", "b1", "W2", "b2")]
        )

    rows = [row(None, 1.0, 0.0), row("sign_flipped", 0.1, 1.0), row("slope", float("nan"), 0.5)]
    picture = backprop_pictures.clinic([*rows, row("z_instead_of_a", 1.0, 0.2)])
    names = [label.get_text() for label in picture.fig.axes[0].get_yticklabels()]
    assert names == ["slope", "sign flipped", "z instead of a", "no bug"]
    shown = [text.get_text() for text in picture.fig.axes[0].texts]
    assert "ran away" in shown
    assert picture.alt.startswith("no bug: accuracy 1")


def test_deltas_run_from_the_output_back_to_the_first_layer():
    picture = backprop_pictures.delta_lengths([1e-6, 1e-3, 0.5], "look")
    assert picture.alt.endswith(": layer 3 0.5; layer 2 0.001; layer 1 1.0 · 10⁻⁶.")
    (ax,) = picture.fig.axes
    assert ax.xaxis_inverted()
    assert ax.get_yscale() == "log"
    assert [text.get_text() for text in ax.texts] == ["output: 0.5", "first layer: 1.0 · 10⁻⁶"]
    assert picture.png
