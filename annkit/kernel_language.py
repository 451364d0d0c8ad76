"""What a kernel says of its language: the same on every machine, as it stands in the notebooks.

JupyterLab copies it into a notebook that is opened, and calls the notebook changed if that is news.
With the exact version of Python in it, every notebook would be changed on some machine before a
word is typed. So every kernel of the environment loads this, by `ipython_kernel_config.json`.

Not here: the notebooks (`annkit.publish.notebooks`).
"""

from typing import Any

LANGUAGE_INFO: dict[str, Any] = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
    "version": "3",
}


def load_ipython_extension(shell: Any) -> None:
    """Let the shell's kernel, if it has one, say this and no more."""
    kernel = getattr(shell, "kernel", None)
    if kernel is not None:
        kernel.language_info = LANGUAGE_INFO
