"""Saved networks come back bit for bit; other files are refused; nothing is ever unpickled."""

import zipfile
from pathlib import Path

import numpy as np
import pytest

from annkit.nn import Network


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", ["network.npz", "no ending", "wéights.bin"])
def test_there_and_back(tmp_path: Path, name: str, dtype: type) -> None:
    network = Network(
        [3, 4, 5, 1], ["tanh", "relu"], "sigmoid", dtype=dtype, rng=np.random.default_rng(0)
    )
    network.save(tmp_path / name)
    again = Network.load(str(tmp_path / name))
    assert again.design == network.design
    assert again.flat.tobytes() == network.flat.tobytes()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_no_hidden_layer_comes_back_too(tmp_path: Path) -> None:
    network = Network([3, 2], rng=np.random.default_rng(0))
    network.save(tmp_path / "n")
    assert Network.load(tmp_path / "n").design == network.design


def test_the_file_holds_plain_arrays(tmp_path: Path) -> None:
    path = tmp_path / "n.npz"
    Network([3, 2], rng=np.random.default_rng(0)).save(path)
    with np.load(path, allow_pickle=False) as file:
        assert set(file) == {"sizes", "hidden", "output", "cost", "flat"}


def test_other_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "n.npz"
    Network([3, 2], rng=np.random.default_rng(0)).save(path)
    good = dict(np.load(path))
    bad: dict[str, bytes] = {"text": b"hello", "empty": b"", "cut": path.read_bytes()[:100]}
    for name, content in bad.items():
        (tmp_path / name).write_bytes(content)
    np.savez(tmp_path / "missing.npz", sizes=[3, 2])
    np.savez(tmp_path / "short.npz", **{**good, "flat": np.zeros(3)})
    np.savez(tmp_path / "object.npz", **{**good, "flat": np.array([{}, 1], object)})
    np.savez(tmp_path / "unknown.npz", **{**good, "output": np.array("maxout")})
    for name in (*bad, "missing.npz", "short.npz", "object.npz", "unknown.npz"):
        with pytest.raises(ValueError, match="expected"):
            Network.load(tmp_path / name)
    with pytest.raises(FileNotFoundError):
        Network.load(tmp_path / "nowhere")
    assert zipfile.is_zipfile(path)
