"""The map of the course says every state with a sign and in words."""

from annkit.show.cards.contents import Contents
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
        assert "3 · activations" in part
        assert "Softmax, in chapter 3" in part
        assert "1 damaged line" in part
    assert text.startswith("Next: ")
    assert "✎ ◐ break_relu" in text
    assert "✎ ◐ Break it" in html
    assert 'title="relu – passed, 1 of 1 points"' in html
    assert "ReLU &lt;1&gt;" in html


def test_a_ring_says_in_words_what_it_shows():
    assert 'alt="Chapter 3 · activations: 1 of 3 exercises, 1.5 of 4 points"' in MAP.html()


def test_one_chapter_is_open_and_what_is_in_reach_is_a_link():
    exercise = ExerciseState("relu", "ReLU", "open", 0, 1, "", "../b/b.ipynb#cell-id=relu_task")
    chapters = [ChapterState("ch03_a", (exercise,), "A"), ChapterState("ch04_b", (), "B", "../b")]
    html = ProgressMap(chapters, next_id="relu").html()
    assert html.count("<details") == 2
    assert html.count(" open>") == 1
    assert html.index(" open>") < html.index("3 · A</b>") < html.index("4 · B</b>")
    assert html.index("Next:") < html.index("Course:")
    assert html.count('href="../b/b.ipynb#cell-id=relu_task"') == 2
    assert '<a href="../b">' in html


def test_the_contents_of_a_chapter():
    (chapter,) = MAP.chapters
    after = ChapterState("ch04_forward", (), "Forward propagation", "../ch04.ipynb")
    shown = Contents(chapter, None, after)
    assert "✎ ◐ break_relu" in shown.plain()
    assert shown.plain().endswith("4 · Forward propagation →")
    assert '<a href="../ch04.ipynb">4 · Forward propagation →</a>' in shown.html()
    assert "1 of 3 exercises" in shown.html()
    done = ChapterState("ch01_x", (ExerciseState("x", "X", "passed", 1, 1),))
    assert "In this chapter: ✓ 1 of 1 exercises" in Contents(done, None, None).plain()


def test_an_empty_course_has_a_map():
    assert "0 of 0 exercises" in ProgressMap(()).plain()


def test_mistakes_are_told_with_whether_they_are_mended():
    mistakes = (
        MistakeState("relu", "sign flipped", True, "The slope of ReLU"),
        MistakeState("softmax", "wrong axis", False),
    )
    shown = ProgressMap(MAP.chapters, mistakes=mistakes)
    for text in (shown.plain(), shown.html()):
        assert "Mistakes you have made: 2, of which mended: 1" in text
        assert "✓ sign flipped (The slope of ReLU)\n" in text
        assert "◐ wrong axis (softmax)" in text
    assert "Mistakes" not in MAP.plain()
