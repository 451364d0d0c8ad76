"""The progress bar: silent when training is short, tqdm's when it is long."""

import subprocess
import sys
from types import ModuleType

import pytest

from annkit.nn import progress
from annkit.nn.progress import IN_A_BROWSER, Progress, in_sight


def run(n_epochs: int, enabled: bool = True) -> None:
    with Progress(n_epochs, enabled) as bar:
        for epoch in range(n_epochs):
            bar.advance(1 / (epoch + 1))


def test_short_trainings_print_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    run(5)
    assert capfd.readouterr() == ("", "")


def test_long_trainings_show_epochs_and_cost(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_LINES", 0.0)
    run(4)
    out, err = capfd.readouterr()
    assert out == ""
    assert "4/4" in err
    assert "cost=0.25" in err


def test_in_a_file_there_are_two_lines_not_thousands(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)
    run(500)
    assert capfd.readouterr().err.count("\r") <= 3


def test_it_can_be_switched_off(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    run(3, enabled=False)
    assert capfd.readouterr() == ("", "")


def test_what_is_quick_elsewhere_is_in_sight_in_a_browser(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    assert list(in_sight(range(3), "split")) == [0, 1, 2]
    assert capfd.readouterr() == ("", "")
    monkeypatch.setitem(sys.modules, IN_A_BROWSER, ModuleType(IN_A_BROWSER))
    assert list(in_sight("abc", "split")) == ["a", "b", "c"]
    assert "1/3" in (said := capfd.readouterr().err)
    assert said.endswith("\r")  # its line is empty again


def test_a_short_training_does_not_even_load_tqdm() -> None:
    code = (
        "import sys, numpy as np\n"
        "from annkit import nn\n"
        "network = nn.Network([2, 2], rng=np.random.default_rng(0))\n"
        "network.fit(np.eye(2), [0, 1], n_epochs=2, rng=np.random.default_rng(0))\n"
        "loaded = {'tqdm', 'matplotlib', 'IPython', 'sympy', 'scipy'} & set(sys.modules)\n"
        "assert not loaded, loaded\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
