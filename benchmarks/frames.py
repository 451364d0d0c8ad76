"""How long a learner waits for a frame: from the slider's message to the picture's, in a kernel.

For the centre-pieces of the chapters, and for one small picture drawn in both ways: moving parts
over a stored background, and everything anew.

Not here: what else a learner waits for (`checks`, `chapters`).
"""

import queue
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

WAVES = """
import numpy as np
from annkit.show import Slider, explorer

def waves(fig):
    left, right = fig.subplots(1, 2)
    t = np.linspace(0, 100, 1000)
    left.set(xlabel="time (ms)", ylabel="voltage (mV)", ylim=(-1.1, 1.1))
    right.set(xlabel="current (nA)", ylabel="rate (Hz)")
    right.plot(t, np.sqrt(t))
    (trace,) = left.plot(t, np.sin(t), animated={animated})
    (here,) = right.plot([0], [0], "o", animated={animated})

    def update(current):
        trace.set_ydata(np.sin(t / (1 + current)))
        here.set_data([current], [current ** 0.5])
        return f"{{current}} nA"

    return update

make = lambda: explorer(waves, controls=[Slider("current", "input", "nA", 0.0, 5.0, 0.1)])
"""

EXPLORER = "from annkit.lessons.{}.explorer import {} as make"
PAD = """
import numpy as np
from annkit.lessons.capstone.drawing_pad import drawing_pad

rng = np.random.default_rng(0)
W1, W2 = rng.normal(size=(64, 64)) / 6, rng.normal(size=(64, 10)) / 6
hidden = lambda X: np.maximum(X @ W1, 0)

def predict_proba(X):
    e = np.exp(hidden(X) @ W2)
    return e / e.sum(axis=1, keepdims=True)

widget = drawing_pad(predict_proba, hidden).widget
box = image = widget.comm.comm_id
"""
SPIRAL = [[0.5 + 0.008 * k * np.cos(k / 9), 0.5 + 0.008 * k * np.sin(k / 9)] for k in range(50)]
FIND = (
    "panel = make().panel; box = panel.holders[{!r}].comm.comm_id; image = panel.image.comm.comm_id"
)


class Case(NamedTuple):
    """What is moved, and where to.

    Attributes:
        title: for the table.
        code: leaves the comm ids of what is moved and of what shows it in `box` and `image`.
        states: what the browser sends, in turn; the first is not how it starts.
        pause: seconds between a frame and the next move.
        reading: seconds before the first move.
    """

    title: str
    code: str
    states: Sequence[dict[str, Any]]
    pause: float = 0.02
    reading: float = 0.0


def slider(title: str, code: str, name: str, values: Sequence[float]) -> Case:
    """A slider of an interactive that `make()` makes, moved between values."""
    return Case(title, f"{code}\n{FIND.format(name)}", [{"value": value} for value in values])


def of_lesson(title: str, lesson: str, make: str, name: str, values: Sequence[float]) -> Case:
    """The same for a chapter's interactive."""
    return slider(title, EXPLORER.format(lesson, make), name, values)


def new_patients(title: str, pause: float = 0.02, reading: float = 0.0) -> Case:
    """Visit after visit of the clinic, after a prediction; nobody has been examined before."""
    case = of_lesson(title, "practice", "sick_network_clinic", "visit", range(2, 43))
    before = "from annkit.lessons.practice.clinic import examination\nexamination.cache_clear()"
    code = f"{before}\n{case.code}\npanel.commit('two or three')"
    return case._replace(code=code, pause=pause, reading=reading)


CASES = (
    slider("small, moving parts only", WAVES.format(animated=True), "current", (0.1, 0.2)),
    slider("small, everything anew", WAVES.format(animated=False), "current", (0.1, 0.2)),
    of_lesson("ch01", "neurons", "leaky_neuron", "current", (1.0, 2.5)),
    of_lesson("ch02", "perceptron", "perceptron_steps", "step", (1, 9)),
    of_lesson("ch03", "activations", "activation_explorer", "z", (-2.0, 1.0)),
    of_lesson("ch04", "forward", "shape_explorer", "row", (1, 2)),
    of_lesson("ch05", "costs", "cost_explorer", "y", (200, 350)),
    of_lesson("ch06", "gradient_descent", "descent_explorer", "steps", (5, 25)),
    of_lesson("ch07", "sgd", "optimiser_race", "step", (10, 100)),
    of_lesson("ch08", "chain_rule", "neuron_steps", "shown", (2, 4)),
    of_lesson("ch09", "autodiff", "tape_explorer", "step", (1, 3)),
    of_lesson("ch10", "backpropagation", "backprop_stepper", "step", (8, 11)),
    of_lesson("ch11, dashboard", "practice", "training_dashboard", "progress", (20, 80)),
    of_lesson("ch11, clinic", "practice", "sick_network_clinic", "visit", (3, 4)),
    new_patients("ch11, new patients, none read"),
    new_patients("ch11, new patients, each read", pause=1.0),
    new_patients("ch11, new patients, the first read", reading=15.0),
    Case(
        "ch12, a cell more",
        PAD,
        [{"cells": [place <= n for place in range(64)]} for n in range(64)],
    ),
    Case(
        "ch12, a stroke, scaled",
        PAD + "widget.preparation = widget.preparations[-1]\n",
        [{"strokes": [SPIRAL[:n]]} for n in range(5, 50)],
    ),
    of_lesson("ch13", "beyond", "shared_weights", "place", (5, 2)),
)
N_FRAMES = 35
PATIENCE = 60.0  # seconds
WARM_UP = 5


@contextmanager
def kernel() -> Iterator[BlockingKernelClient]:
    """Start a kernel and stop it afterwards."""
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel()
    client = manager.blocking_client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def asked(client: BlockingKernelClient, expression: str, code: str = "import time") -> str:
    """Run code in the kernel and return what an expression is then."""
    reply: dict[str, Any] = client.execute_interactive(
        code,
        user_expressions={"it": expression},
        output_hook=lambda _: None,
        timeout=PATIENCE,
    )
    return str(reply["content"]["user_expressions"]["it"]["data"]["text/plain"])


def comm_ids(client: BlockingKernelClient, code: str) -> tuple[str, str]:
    """Make the interactive; return the comm ids of what is moved and of what shows it."""
    box, image = asked(client, "f'{box} {image}'", code).strip("'").split()
    return box, image


def move(client: BlockingKernelClient, box: str, state: dict[str, Any]) -> str:
    """Send what the browser sends when the learner moves the slider, or draws; return its id."""
    data = {"method": "update", "state": state, "buffer_paths": []}
    message = client.session.msg("comm_msg", {"comm_id": box, "data": data})
    client.shell_channel.send(message)
    return str(message["header"]["msg_id"])


def next_picture(
    client: BlockingKernelClient, image: str, timeout: float = PATIENCE, answers: str = ""
) -> float:
    """Wait for the image's next bytes, or the pad's next reading; return the time they came.

    Args:
        client: of the kernel.
        image: comm id of what shows the picture.
        timeout: in seconds.
        answers: id of the message that asked for it; any if empty. What an earlier one asked for
            may still be on its way.
    """
    while True:
        message = client.get_iopub_msg(timeout=timeout)
        if message["msg_type"] != "comm_msg" or message["content"]["comm_id"] != image:
            continue
        if answers and message["parent_header"].get("msg_id") != answers:
            continue
        if message["buffers"] or "reading" in message["content"]["data"]["state"]:
            return time.perf_counter()


def frame_times(client: BlockingKernelClient, case: Case) -> tuple[list[float], float]:
    """Return the waiting times of some frames, sorted, and what the kernel worked for each.

    All in seconds. The first are left out of both.
    """
    box, image = comm_ids(client, case.code)
    time.sleep(case.reading)
    times, worked = [], 0.0
    for number in range(N_FRAMES + WARM_UP):
        if number == WARM_UP:
            worked = -float(asked(client, "time.process_time()"))
        start = time.perf_counter()
        moved = move(client, box, case.states[number % len(case.states)])
        times.append(next_picture(client, image, answers=moved) - start)
        time.sleep(case.pause)
    worked += float(asked(client, "time.process_time()"))
    return sorted(times[WARM_UP:]), worked / N_FRAMES


def frames_of_burst(client: BlockingKernelClient, n: int = 30) -> int:
    """Send n moves at once; return how many pictures come back."""
    box, image = comm_ids(client, f"{WAVES.format(animated=True)}\n{FIND.format('current')}")
    for number in range(1, n + 1):
        move(client, box, {"value": 0.1 * number})
    pictures = 0
    try:
        while True:
            next_picture(client, image, timeout=1.0)
            pictures += 1
    except queue.Empty:
        return pictures


def main() -> None:
    """Print the table as Markdown."""
    print("| frame | median (ms) | p95 (ms) | of it work (ms) |\n|---|---|---|---|")
    with kernel() as client:
        for case in CASES:
            times, worked = frame_times(client, case)
            shown = (statistics.median(times), times[int(0.95 * len(times))], worked)
            print(f"| {case.title} | " + " | ".join(f"{1e3 * s:.0f}" for s in shown) + " |")
        print(f"\n30 moves at once: {frames_of_burst(client)} pictures drawn")


if __name__ == "__main__":
    main()
