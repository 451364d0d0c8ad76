"""A network on disk: its design and its parameters as named arrays in NumPy's .npz format.

Never pickle: a pickle can run any program when it is opened, an array cannot.

Not here: putting the parameters back into layers (`network`).
"""

from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from annkit.arguments import Array
from annkit.nn.design import Design, design


def write(path: str | Path, made_of: Design, flat: Array) -> None:
    """Write design and parameters (n_parameters,) to exactly this path."""
    with open(path, "wb") as file:  # given a name, NumPy would append ".npz" to some
        np.savez(
            file,
            sizes=np.array(made_of.sizes),
            hidden=np.array(made_of.hidden, dtype=str),
            output=np.array(made_of.output),
            cost=np.array(made_of.cost),
            flat=flat,
        )


def read(path: str | Path) -> tuple[Design, Array]:
    """Return design and parameters (n_parameters,) of a file that `write` wrote.

    Raises:
        ValueError: the file holds something else.
    """
    with open(path, "rb") as file:
        try:
            arrays = dict(np.load(file, allow_pickle=False))
            made_of = design(
                arrays["sizes"].tolist(),
                arrays["hidden"].tolist(),
                str(arrays["output"]),
                str(arrays["cost"]),
                arrays["flat"].dtype,
            )
        except (ValueError, TypeError, KeyError, EOFError, BadZipFile) as error:
            raise ValueError(f"{path}: expected a network saved by annkit — {error}") from None
    return made_of, arrays["flat"]
