"""An answer put away is judged after what a notebook has where its exercise stands."""

from benchmarks.naming import judged


def told(id: str, source: str) -> str:
    """What is counted of one answer; why its cell failed, if it did."""
    row = judged(0, {"id": id, "source": source, "right": False})
    return row["cell"] or row["mistake"] or str(row["passed"])


def test_earlier_answers_of_the_chapter_and_its_imports_are_there() -> None:
    source = "def perceptron_fit(X, y, max_epochs):\n    perceptron_predict, itertools\n"
    assert told("perceptron_fit", source) == "False"


def test_later_answers_are_not() -> None:
    assert "NameError" in told("perceptron_predict", "perceptron_predict = perceptron_fit\n")


def test_a_class_that_grows_is_there_with_what_it_has_so_far() -> None:
    source = "class Value(Value):\n    def tanh(self):\n        return self\n"
    assert "NameError" not in told("value_functions", source)


def test_parts_of_earlier_chapters_are_there() -> None:
    source = (
        "mine.softmax, mine.init_params\ndef confusion_matrix(labels, predicted, n):\n    pass\n"
    )
    assert "Error" not in told("confusion_matrix", source)
