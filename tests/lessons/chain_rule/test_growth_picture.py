"""The plot of the counts says them."""

from annkit.lessons.chain_rule.growth_picture import growth_picture
from annkit.symbolic.formula_growth import Growth


def test_the_counts_are_in_the_words() -> None:
    counts = [Growth(1, 3, 17, 7, 7), Growth(2, 9, 205, 29, 29)]
    said = repr(growth_picture(counts, "Look at the slope."))
    assert "each derivative whole: 17, 205" in said
    assert "layer by layer: 7, 29" in said
    assert "Look at the slope." in said
