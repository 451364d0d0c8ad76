"""How Sphinx makes the pages: extensions, theme, formulas.

Not here: what the pages say (`binding`), their colours and sizes (style.css).
"""

from typing import Any

MATHJAX = "mathjax"
# Formulas stand in the text as Sphinx marks them, and between dollar signs inside of outputs.
_FORMULAS = {
    "loader": {"load": ["a11y/assistive-mml"], "paths": {"fonts": "[mathjax]"}},
    "tex": {"inlineMath": [["$", "$"], ["\\(", "\\)"]]},
    # On a narrow page a wide formula is set smaller; it would otherwise be cut.
    "output": {"displayOverflow": "scale"},
    "options": {
        "ignoreHtmlClass": "bd-article",
        "processHtmlClass": "math|text_html",
        # Screen readers read the MathML beside a formula; what MathJax would fetch for its own
        # way of speaking is larger than the course.
        "menuOptions": {
            "settings": {"assistiveMml": True, "braille": False, "enrich": False, "speech": False}
        },
    },
}


def settings(words: dict[str, dict[str, str]], version: str) -> dict[str, Any]:
    """The settings of Sphinx.

    Args:
        words: page → word → entry of the glossary that its first mention links to.
        version: of the package.
    """
    return {
        "project": "annkit",
        "author": "the authors of annkit",
        "copyright": "the authors of annkit. Text and figures CC BY 4.0, code BSD 3-Clause",
        "version": version,
        "release": version,
        "language": "en",
        "extensions": [
            "myst_nb",
            "sphinx.ext.autodoc",
            "sphinx.ext.mathjax",
            "sphinx.ext.napoleon",
            "annkit.publish.book.hanging_lines",
            "annkit.publish.book.property_docs",
            "annkit.publish.book.whole_formulas",
            "annkit.publish.book.word_links",
        ],
        "root_doc": "index",
        "html_theme": "sphinx_book_theme",
        "html_title": "annkit",
        "templates_path": ["_templates"],
        "html_sidebars": {
            "**": ["home.html", "search-button-field.html", "sbt-sidebar-nav.html"],
        },
        "html_static_path": ["_static"],
        "html_extra_path": ["_extra"],
        "html_favicon": "_static/icon.svg",
        "html_context": {"default_mode": "auto"},
        "html_css_files": ["style.css"],
        "html_js_files": [("site.js", {"defer": "defer"})],
        "html_show_sphinx": False,
        "html_copy_source": False,
        "html_use_index": False,
        "html_domain_indices": False,
        "html_show_sourcelink": False,
        "html_theme_options": {
            "navbar_persistent": [],
            "use_download_button": False,
            "use_fullscreen_button": False,
            "show_toc_level": 2,
            "show_navbar_depth": 1,
            "pygments_light_style": "a11y-high-contrast-light",
            "pygments_dark_style": "a11y-high-contrast-dark",
        },
        "nb_execution_mode": "off",
        "nb_merge_streams": True,
        "myst_enable_extensions": ["dollarmath", "amsmath"],
        "myst_heading_anchors": 4,
        "myst_update_mathjax": False,
        "mathjax_path": f"{MATHJAX}/tex-chtml.js",
        "mathjax4_config": _FORMULAS,
        "autodoc_member_order": "bysource",
        "autodoc_preserve_defaults": True,
        # What an array holds is said in words, with its shape; its type would be half a page.
        "autodoc_typehints": "none",
        "napoleon_attr_annotations": False,
        "napoleon_use_rtype": False,
        # The heading above says which module; a phone has no room to repeat it in every line.
        "add_module_names": False,
        "default_role": "literal",
        "nitpicky": True,
        # Other packages have pages of their own; the type of a private field needs none.
        "nitpick_ignore_regex": [("py:.*", r"(?!annkit\b).*")],
        "nitpick_ignore": [("py:class", "annkit.exercises.calls.probe.Probe")],
        "annkit_words": words,
    }
