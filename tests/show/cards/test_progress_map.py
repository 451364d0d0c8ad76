"""The map of the course says every state with a sign and in words."""

from annkit.show.cards.progress_map import ChapterState, ExerciseState, MistakeState, ProgressMap

MAP = ProgressMap(
    (
        ChapterState(
            "ch03_activations",
            (
                ExerciseState("relu", "ReLU <1>", "passed", 1, 1),
                ExerciseState("softmax", "Softmax", "tried", 0.5, 2),
                ExerciseState("dying", "Dying", "open", 0, 1, "question"),
                ExerciseState("break_relu", "Break it", "tried", 0, 2, "in words"),
            ),
        ),
    ),
    ["1 damaged line"],
    "softmax",
)


def test_the_map_says_every_state_in_words():
    html, text = MAP.html(), MAP.plain()
    for part in (html, text):
        assert "Course: 1 of 3 exercises, 1.5 of 4 points" in part
        assert "ch03 activations" in part
        assert "✎ ◐ break_relu" in part
        assert "Next: softmax" in part
        assert "1 damaged line" in part
    assert 'title="ReLU &lt;1&gt; – passed, 1 of 1 points"' in html


def test_an_empty_course_has_a_map():
    assert "0 of 0 exercises" in ProgressMap(()).plain()


def test_mistakes_are_told_with_whether_they_are_mended():
    mistakes = (
        MistakeState("relu", "sign flipped", True),
        MistakeState("softmax", "wrong axis", False),
    )
    shown = ProgressMap(MAP.chapters, mistakes=mistakes)
    for text in (shown.plain(), shown.html()):
        assert "Mistakes you have made: 2, of which mended: 1" in text
        assert "✓ sign flipped, in relu\n" in text
        assert "◐ wrong axis, in softmax" in text
    assert "Mistakes" not in MAP.plain()
