"""One figure that is drawn again and again, and turned into bytes quickly.

The figure is made once; a frame changes its artists. Artists made with `animated=True` are drawn
over a stored background; if anything else changed (a title, the limits of an axis), Matplotlib
marks the figure as stale and the background is drawn anew. So marking artists is only ever a matter
of speed: about 1 ms instead of 30.

Not here: who asks for frames (`panel`).
"""

import io
import threading
from collections.abc import Callable, Mapping

from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from annkit.show.moving.controls import Frame, Value
from annkit.show.picture import CSS_PIXELS_PER_INCH, SHARPNESS, Picture
from annkit.show.style import blank_figure
from annkit.show.tables import in_words

Update = Callable[..., Frame | str]
Setup = Callable[[Figure], Update]


class Canvas:
    """A figure with the function that changes it.

    Args:
        setup: draws everything once into an empty figure and returns the function that is called
            with the values of the controls and changes the artists.
        width: inches; one inch is shown as 100 CSS pixels.
        height: inches.
    """

    def __init__(self, setup: Setup, width: float, height: float) -> None:
        self.fig = blank_figure(width, height)
        self.fig.set_dpi(CSS_PIXELS_PER_INCH * SHARPNESS)
        self._agg = FigureCanvasAgg(self.fig)
        self._update = setup(self.fig)
        self._background: object = None
        self._moving: list[Artist] = []
        # JupyterLab may deliver the messages of widgets in a thread of their own.
        self._lock = threading.Lock()

    @property
    def css_width(self) -> float:
        """How wide a frame is shown, in CSS pixels."""
        return self.fig.get_figwidth() * CSS_PIXELS_PER_INCH

    def say(self, values: Mapping[str, Value]) -> Frame:
        """Change the artists, without drawing them, and return what the picture says in the end."""
        while (said := self.step(values)).goes_on:
            pass
        return said

    def step(self, values: Mapping[str, Value]) -> Frame:
        """Change the artists a step further, without drawing them."""
        with self._lock:
            return self._asked(values)

    def _asked(self, values: Mapping[str, Value]) -> Frame:
        said = self._update(**values)
        return said if isinstance(said, Frame) else Frame(said)

    def frame(self, values: Mapping[str, Value]) -> tuple[Frame, bytes]:
        """Draw the figure at these values, as far as it is ready.

        Returns:
            What the picture says, and the picture as JPEG bytes.
        """
        with self._lock:
            said = self._asked(values)
            self._draw()
            # 4 ms against 19 for PNG at level 1; at two pixels per CSS pixel no artefact is seen.
            return said, _bytes(self._image(), "JPEG", quality=90, subsampling=0)

    def still(self, values: Mapping[str, Value], label: str, title: str) -> Picture:
        """Return a still picture at these values: the numbers on it, the sentence below it."""
        said = self.say(values)
        with self._lock:
            self._draw()
            numbers = ", ".join(f"{name} {in_words(n)}" for name, n in said.numbers.items())
            png = _bytes(self._image().convert("RGB"), "PNG")
            alt = f"{title or 'Picture'}, {label}: {numbers or said.text}"
            return Picture(self.fig, alt, f"{label}: {said.text}", png=png)

    def _draw(self) -> None:
        if self._background is None or self.fig.stale:
            self._agg.draw()  # leaves animated artists out
            # The layout was found by this first draw; searching again would make the axes jump.
            self.fig.set_layout_engine("none")
            self.fig.stale = False
            self._background = self._agg.copy_from_bbox(self.fig.bbox)
            moving = self.fig.findobj(lambda artist: artist.get_animated())
            self._moving = sorted(moving, key=lambda artist: artist.get_zorder())
        else:
            self._agg.restore_region(self._background)
        for artist in self._moving:
            (artist.axes or self.fig).draw_artist(artist)

    def _image(self) -> Image.Image:
        size = self._agg.get_width_height(physical=True)
        return Image.frombuffer("RGBX", size, self._agg.buffer_rgba(), "raw", "RGBX", 0, 1)


def _bytes(image: Image.Image, kind: str, **options: int) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()
