"""The drawings of chapter 1 come with words and can be rendered."""

from annkit.lessons.neurons.pictures import COLUMNS, PARTS, cell_and_model, membrane_circuit

PNG = b"\x89PNG"


def test_cell_and_model_names_every_part() -> None:
    picture = cell_and_model()
    assert picture.png.startswith(PNG)
    said = picture.alt.lower()
    for part in (*PARTS, "weights", "inputs", "bias", "activation", "output"):
        assert part in said


def test_every_part_stands_in_one_column_with_its_counterpart() -> None:
    places = {text.get_text(): text.get_position() for text in cell_and_model().fig.axes[0].texts}
    plural = {"dendrite": "dendrites", "synapse": "synapses"}
    signs = {
        "dendrite": "$x_1$",
        "synapse": "$w_1$",
        "soma": r"$\Sigma + b$",
        "axon hillock": "$f$",
        "axon": "$a$",
    }
    for _, part, counterpart in COLUMNS:
        column = {places[name][0] for name in (plural.get(part, part), signs[part], counterpart)}
        assert len(column) == 1


def test_the_circuit_says_what_stands_for_what() -> None:
    picture = membrane_circuit()
    assert picture.png.startswith(PNG)
    for part in ("capacitor", "resistor", "battery", "current"):
        assert part in picture.alt
