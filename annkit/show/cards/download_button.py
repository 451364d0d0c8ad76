"""A button that saves a file from a kernel on the learner's own computer.

Not here: what is in the file.
"""

import anywidget
import traitlets

from annkit.show.live import Live


class _Download(anywidget.AnyWidget):
    """A button.

    Attributes:
        file_name: what the file is called on the learner's computer.
        content: all of it.
    """

    _esm = """
    function render({ model, el }) {
      const button = document.createElement("button");
      button.className = "jupyter-button";
      button.textContent = `Download ${model.get("file_name")}`;
      button.onclick = () => {
        const link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob([model.get("content")]));
        link.download = model.get("file_name");
        link.click();
        URL.revokeObjectURL(link.href);
      };
      el.append(button);
    }
    export default { render };
    """
    file_name = traitlets.Unicode("").tag(sync=True)
    content = traitlets.Bytes(b"").tag(sync=True)


def offer_download(file_name: str, content: bytes) -> None:
    """Show the button, if a notebook can; a file that is on the disk is said elsewhere."""
    words = f"The button to download {file_name} is gone."
    button = _Download(file_name=file_name, content=content)
    Live(button, "", words, "Run this cell for the button.")
