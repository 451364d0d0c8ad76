"""The glossary: the words of the chapters' tables, each defined once."""

from collections import Counter

from annkit.exercises import course
from annkit.publish.book import glossary
from annkit.publish.book.glossary import WordRow, entries, links, rows
from annkit.publish.chapters import read_chapter

TABLE = """## Glossary

| English | Chinese | in this chapter |
|---|---|---|
| score, logit | 得分，对数几率 | what goes into $\\sigma$ |
| rectified linear unit (ReLU) | 修正线性单元 | $\\max(z, 0)$ |

After it.
"""


def tables() -> dict[str, list[WordRow]]:
    """The tables of the course."""
    return {
        name: [
            row
            for cell in read_chapter(course().folder(name) / "chapter.py").cells
            for row in rows(cell.source)
        ]
        for name in course().chapters
    }


def test_a_table_is_read_word_by_word() -> None:
    assert list(rows(TABLE)) == [
        WordRow(("score", "logit"), "得分，对数几率", r"what goes into $\sigma$"),
        WordRow(("rectified linear unit", "ReLU"), "修正线性单元", r"$\max(z, 0)$"),
    ]
    assert list(rows("| to … | press |\n|---|---|\n| stop | Esc |")) == []


def test_what_comes_again_is_not_defined_again() -> None:
    first, second = [WordRow(("score",), "得分", "a sum")], list(rows(TABLE))[:1]
    logit, score = entries({"ch02_a": first, "ch03_b": second})
    assert (score.meaning, score.chapters) == ("a sum", ["ch02_a", "ch03_b"])
    # Of a row with two words, the new one keeps its own part of the Chinese.
    assert (logit.words, logit.chinese, logit.chapters) == (("logit",), "对数几率", ["ch03_b"])


def test_every_chapter_has_words_and_each_leads_to_one_entry() -> None:
    found = tables()
    assert all(len(table) > 8 for table in found.values())
    words = entries(found)
    counts = Counter(word.lower() for entry in words for word in entry.words)
    assert set(counts.values()) == {1}
    page = glossary.page(words)
    heads = {entry.words[0] for entry in words}
    for name, places in links(found, words).items():
        assert places, name
        assert set(places.values()) <= heads
    assert all(f"\n{head}\n" in page for head in heads)
