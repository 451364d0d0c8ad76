"""Python code with a little emphasis loses nothing."""

import re

from annkit.show.cards.python_code import python_html


def test_python_code_keeps_every_character():
    source = 'def f(x):\n    """Doc <b>."""\n    # why & how\n    return x if x else "é\\n"\n'
    text = re.sub(r"<[^>]+>", "", python_html(source))
    assert text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == source
    assert "<b>return</b>" in python_html(source)
    assert "(unclosed" in python_html("(unclosed")
