"""A tree has a node per operation and input, and letters where something is computed again."""

import sympy

from annkit.lessons.chain_rule.expression_tree import (
    expression_tree,
    lay_out,
    letters_of,
    make_tree,
)

x, y = sympy.symbols("x y")


def test_nodes_are_operations_and_inputs() -> None:
    root = make_tree(sympy.tanh(x * y) ** 2 + 1)
    assert sorted(node.sign for node in root.all()) == [
        "$1$", "$x$", "$y$", "( )²", "+", "tanh", "×",
    ]  # fmt: skip
    assert lay_out(root) == 3
    assert make_tree(-x).sign == "−"
    assert make_tree(1 / x).sign == "1/( )"


def test_parents_stand_over_their_children() -> None:
    root = make_tree(sympy.exp(x) * (x + y))
    lay_out(root)
    for node in root.all():
        if node.below:
            columns = [child.x for child in node.below]
            assert min(columns) <= node.x <= max(columns)
            assert {child.depth for child in node.below} == {node.depth + 1}


def test_only_the_largest_repeated_piece_gets_a_letter() -> None:
    piece = sympy.exp(x * y)
    root = make_tree(piece / (1 + piece))
    assert letters_of(root) == {piece: "A"}
    assert letters_of(make_tree(x * y + 1)) == {}
    inner_too = make_tree(piece / (1 + piece) + sympy.tanh(x * y))
    assert set(letters_of(inner_too)) == {piece, x * y}


def test_the_picture_says_its_numbers() -> None:
    said = repr(expression_tree(x * y + sympy.tanh(x * y), {x: 2.0, y: 0.5}))
    assert "A: x·y, 2 times" in said
    assert "Its value is 1.762" in said


def test_a_station_has_a_node_of_its_own_and_its_value() -> None:
    z = sympy.Symbol("z")
    root = make_tree(z**2, {z: x + y})
    assert [node.sign for node in root.all()][:3] == ["( )²", "$z$", "+"]
    picture = expression_tree(z**2, {x: 1.0, y: 2.0}, stations={z: x + y})
    assert "Nodes of their own: z for x + y. Its value is 9." in picture.alt
