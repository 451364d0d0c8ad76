"""Newton's step leads to where the parabola is level, up where the cost bends down."""

from annkit.lessons.gradient_descent.parabolas import newton_jumps


def test_the_words_tell_both_jumps() -> None:
    alt = newton_jumps().alt
    assert "from 1.6, curvature 6.68, to 1.23" in alt  # 1.6 − 2.496/6.68
    assert "from −0.3, curvature −0.73, to 0.07" in alt  # −0.3 − 0.273/(−0.73)
