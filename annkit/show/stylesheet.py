"""What literal inline styles cannot say: rules that depend on what else is on the page.

A notebook that is trusted keeps a `<style>` element; one that is not drops it, with what is in it.
So these rules make things better, and nothing may need them to be read.

Not here: the styles that everything needs (`annkit.show.cards.card`), colours (`colours`).
"""

LIVE = "annkit-live"  # a widget that has a still twin in the next output
TWIN = "annkit-twin"
PICTURE = "annkit-picture"
QUESTION = "annkit-question"
EDITED = "annkit-edited"  # shown when the cell above was edited and has not been run

_CHILD = ".jp-OutputArea-child"
_ALIVE = f".{LIVE}:not(.jupyter-widgets-disconnected)"
_DARK = ('[data-jp-theme-light="false"]', ".vscode-dark")

STYLESHEET = "".join(
    (
        "<style>",
        # While a widget lives its twin hides; when its kernel is gone, the other way round.
        f"{_CHILD}:has({_ALIVE}) + {_CHILD}:has(.{TWIN}),",
        f"{_CHILD}:not(:has({_ALIVE})):has(+ {_CHILD} .{TWIN}) {{ display: none }}",
        f".jp-Cell.jp-mod-dirty + .jp-Cell .{EDITED} {{ display: block !important }}",
        # Where the keys go is seen: of its boxes and lists ipywidgets colours a thin edge alone.
        f".{LIVE} :is(input, select):focus-visible",
        " { outline: 2px solid var(--jp-brand-color1, #1976d2) !important; outline-offset: 1px }",
        # An option is as wide as the others from the start, whatever is explained below it.
        f".{QUESTION} .widget-htmlmath-content {{ flex: 1 1 auto; min-width: 0 }}",
        # Paper that does not glare at night; colours keep their order, and their names in the text.
        ", ".join(f"{dark} img.{PICTURE}" for dark in _DARK),
        " { filter: brightness(0.8); border-radius: 4px }",
        # On a narrow page a picture keeps a least width, and is moved sideways.
        f"figure:has(> img.{PICTURE}) {{ overflow-x: auto }}",
        f"img.{PICTURE} {{ cursor: zoom-in }}",
        f"img.{PICTURE}:fullscreen {{ cursor: zoom-out; background: white }}",
        "</style>",
    )
)
"""A `<style>` element for the HTML of an output."""
