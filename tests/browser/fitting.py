"""What must hold of everything that is shown, whatever the window: whole, readable, in its place.

Not here: which windows (test_desk.py, test_centre_pieces.py).
"""

from playwright.sync_api import FloatRect, Locator

TALLEST = 640  # pixels of height that an explorer may take
ONE_LINE = 30  # pixels
CUT = "labels => labels.filter(one => one.scrollWidth > one.clientWidth + 1).length"
BEYOND = "one => one.scrollWidth - one.clientWidth"


def box(target: Locator) -> FloatRect:
    """Where something stands, and how large it is."""
    found = target.bounding_box()
    assert found, f"{target} is not to be seen"
    return found


def assert_fits(explorer: Locator) -> None:
    """After a prediction: low enough, labels whole, the prediction one line."""
    assert box(explorer)["height"] <= TALLEST
    assert explorer.locator(".widget-label:visible").evaluate_all(CUT) == 0
    assert box(explorer.get_by_text("You predict:"))["height"] < ONE_LINE


def assert_flows(shown: Locator) -> None:
    """Nothing is moved sideways but a picture, which keeps a width at which it can be read."""
    for part in (shown, *shown.locator(".annkit-live").all()):
        assert part.evaluate(BEYOND) == 0
    for picture in shown.locator("img.annkit-picture:visible").all():
        # Two pixels of the picture are one of the page.
        width, natural = picture.evaluate("one => [one.clientWidth, one.naturalWidth / 2]")
        assert width >= 0.6 * natural - 1
