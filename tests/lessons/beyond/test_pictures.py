"""Pictures of chapter 13: their words come from the data."""

import numpy as np

from annkit.lessons.beyond.pictures import four_families, in_a_row, way_back


def test_images_in_a_row_mark_what_is_negative():
    picture = in_a_row({"a": np.array([[1.0, -1.0], [0.0, -0.1]]), "b": np.zeros((3, 2))}, "Two")
    assert picture.alt == "Two: a (2 × 2) and b (3 × 2)."
    marks = [(t.get_position(), t.get_text()) for t in picture.fig.axes[0].texts]
    assert marks == [((1, 0), "−")]
    assert not picture.fig.axes[1].texts


def test_the_way_back_starts_at_the_last_step():
    picture = way_back({"halved": np.array([0.25, 0.5, 1.0]) * 8})
    (line,) = picture.fig.axes[0].lines
    np.testing.assert_allclose(np.array(line.get_ydata()), [1, 0.5, 0.25])
    assert "halved 0.25 of the last step's" in picture.alt


def test_the_map_has_four_families_with_their_counts():
    picture = four_families()
    titles = [ax.get_title() for ax in picture.fig.axes]
    assert titles == ["dense", "convolutional", "recurrent", "attention"]
    for count in ("15 weights", "3 weights", "2 weights"):
        assert count in picture.alt
