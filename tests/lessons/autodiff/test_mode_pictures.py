"""The counted costs of both directions."""

from annkit.lessons.autodiff.mode_pictures import cost_of_modes, fan, neuron, walks


def test_a_walk_per_input_or_a_walk_per_output():
    # 10 products of 2 edges, 9 sums of 2, one tanh
    assert walks(*neuron(10)) == (10 * 39, 39)
    # a trunk of 10, and 2 edges for each of 5 outputs
    assert walks(*fan(5)) == (10 + 5 * 2, 5 * (10 + 2))


def test_the_picture_says_its_numbers():
    alt = cost_of_modes().alt
    assert "forward mode 3999000, reverse mode 3999" in alt
    assert "forward mode 2010, reverse mode 12000" in alt
