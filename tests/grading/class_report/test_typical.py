"""The line that is shown is one that mistaken answers share and right ones lack."""

from annkit.grading.class_report.typical import typical_line

RIGHT = "def f(z):\n    z = np.asarray(z, float)\n    return np.where(z > 0, z, 0)"
WRONG = (
    'def f(z):\n    """Mine, Ada\'s."""\n    z = np.asarray(z, float)  # Ada\n    return np.abs(z)'
)
OTHER = "def f(values):\n    size = len(values)\n    return np.abs(values)"


def test_it_is_what_the_mistaken_share_whatever_their_names() -> None:
    assert typical_line([WRONG, OTHER], [RIGHT]) == "return np.abs(z)"


def test_it_is_no_line_of_a_right_answer_and_holds_no_comment() -> None:
    assert typical_line([RIGHT], [RIGHT]) == ""
    assert typical_line([WRONG], [OTHER]) == ""
    assert "Ada" not in typical_line([WRONG], [])


def test_the_head_of_a_loop_is_a_line() -> None:
    loop = (
        "def f(xs):\n    s = 0\n    for i in range(1, len(xs)):\n        s += xs[i]\n    return s"
    )
    right = loop.replace("range(1, len(xs))", "range(len(xs))")
    assert typical_line([loop], [right]) == "for i in range(1, len(xs)):"


def test_what_is_no_python_has_no_line() -> None:
    assert typical_line(["def f(:", ""], [RIGHT]) == ""
