"""The drawings of chapter 1 come with words and can be rendered."""

from annkit.show.neuron_drawings import PARTS, cell_and_model, membrane_circuit

PNG = b"\x89PNG"


def test_cell_and_model_names_every_part() -> None:
    picture = cell_and_model()
    assert picture.png.startswith(PNG)
    for part in (*PARTS, "weights", "inputs", "bias", "output"):
        assert part in picture.alt


def test_the_circuit_says_what_stands_for_what() -> None:
    picture = membrane_circuit()
    assert picture.png.startswith(PNG)
    for part in ("capacitor", "resistor", "battery", "current"):
        assert part in picture.alt
