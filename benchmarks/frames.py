"""How long a learner waits for a frame: from the slider's message to the picture's, in a kernel.

For the centre-pieces of the chapters, and for one small picture drawn in both ways: moving parts
over a stored background, and everything anew.

Not here: what else a learner waits for (`checks`, `chapters`).
"""

import queue
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

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

# Title, code that defines make(), slider, and two values it is moved between.
MAKE = "from annkit.show.{} import {} as make"
CASES: tuple[tuple[str, str, str, float, float], ...] = (
    ("small, moving parts only", WAVES.format(animated=True), "current", 0.1, 0.2),
    ("small, everything anew", WAVES.format(animated=False), "current", 0.1, 0.2),
    ("ch01", MAKE.format("neuron_explorer", "leaky_neuron"), "current", 1.0, 2.5),
    ("ch02", MAKE.format("perceptron_explorer", "perceptron_steps"), "step", 1, 9),
    ("ch03", MAKE.format("activation_explorer", "activation_explorer"), "z", -2.0, 1.0),
    ("ch04", MAKE.format("shape_explorer", "shape_explorer"), "row", 1, 2),
    ("ch05", MAKE.format("cost_explorer", "cost_explorer"), "y", 200, 350),
    ("ch06", MAKE.format("descent_explorer", "descent_explorer"), "steps", 5, 25),
    ("ch07", MAKE.format("optimiser_race", "optimiser_race"), "step", 10, 100),
    ("ch08", MAKE.format("neuron_derivation", "neuron_steps"), "shown", 2, 4),
    ("ch09", MAKE.format("tape_explorer", "tape_explorer"), "step", 1, 3),
    ("ch10", MAKE.format("backprop_stepper", "backprop_stepper"), "step", 8, 11),
    (
        "ch11",
        "from annkit.lessons.practice.explorer import training_dashboard as make",
        "progress",
        20,
        80,
    ),
    ("ch13", "from annkit.lessons.beyond.explorer import shared_weights as make", "place", 2, 5),
)
FIND = (
    "panel = make().panel; box = panel.holders[{!r}].comm.comm_id; image = panel.image.comm.comm_id"
)
N_FRAMES = 40


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


def comm_ids(client: BlockingKernelClient, code: str, slider: str) -> tuple[str, str]:
    """Make the interactive; return the comm ids of its number box and of its image."""
    reply: dict[str, Any] = client.execute_interactive(
        f"{code}\n{FIND.format(slider)}",
        user_expressions={"box": "box", "image": "image"},
        output_hook=lambda _: None,
        timeout=60,
    )
    found = reply["content"]["user_expressions"]
    box, image = (found[name]["data"]["text/plain"].strip("'") for name in ("box", "image"))
    return box, image


def move(client: BlockingKernelClient, box: str, value: float) -> None:
    """Send what the browser sends when the learner moves the slider."""
    data = {"method": "update", "state": {"value": value}, "buffer_paths": []}
    message = client.session.msg("comm_msg", {"comm_id": box, "data": data})
    client.shell_channel.send(message)


def next_picture(client: BlockingKernelClient, image: str, timeout: float = 10.0) -> float:
    """Wait for the image's next bytes; return the time they came."""
    while True:
        message = client.get_iopub_msg(timeout=timeout)
        is_image = message["msg_type"] == "comm_msg" and message["content"]["comm_id"] == image
        if is_image and message["buffers"]:
            return time.perf_counter()


def frame_times(
    client: BlockingKernelClient, code: str, slider: str, one: float, other: float
) -> list[float]:
    """Return the waiting times of some frames, in seconds, sorted."""
    box, image = comm_ids(client, code, slider)
    times = []
    for number in range(N_FRAMES + 5):
        start = time.perf_counter()
        move(client, box, other if number % 2 else one)
        times.append(next_picture(client, image) - start)
        time.sleep(0.02)
    return sorted(times[5:])


def frames_of_burst(client: BlockingKernelClient, n: int = 30) -> int:
    """Send n moves at once; return how many pictures come back."""
    box, image = comm_ids(client, WAVES.format(animated=True), "current")
    for number in range(1, n + 1):
        move(client, box, 0.1 * number)
    pictures = 0
    try:
        while True:
            next_picture(client, image, timeout=1.0)
            pictures += 1
    except queue.Empty:
        return pictures


def main() -> None:
    """Print the table as Markdown."""
    print("| frame | median (ms) | p95 (ms) |\n|---|---|---|")
    with kernel() as client:
        for title, code, slider, one, other in CASES:
            times = frame_times(client, code, slider, one, other)
            p95 = times[int(0.95 * len(times))]
            print(f"| {title} | {1e3 * statistics.median(times):.0f} | {1e3 * p95:.0f} |")
        print(f"\n30 moves at once: {frames_of_burst(client)} pictures drawn")


if __name__ == "__main__":
    main()
