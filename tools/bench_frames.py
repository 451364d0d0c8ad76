"""How long a learner waits for a frame: from the slider's message to the picture's, in a kernel.

For a picture whose moving parts are marked as animated, and for one that is drawn anew each time.
"""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

SETUP = """
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

made = explorer(waves, controls=[Slider("current", "input", "nA", 0.0, 100.0, 0.1)])
panel = made.panel
box, image = panel._holders["current"].comm.comm_id, panel.image.comm.comm_id
"""


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


def comm_ids(client: BlockingKernelClient, animated: bool) -> tuple[str, str]:
    """Make the interactive; return the comm ids of its number box and of its image."""
    reply: dict[str, Any] = client.execute_interactive(
        SETUP.format(animated=animated),
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


def frame_times(client: BlockingKernelClient, animated: bool, n: int = 40) -> list[float]:
    """Return the waiting times of n frames, in seconds."""
    box, image = comm_ids(client, animated)
    times = []
    for number in range(n + 5):
        start = time.perf_counter()
        move(client, box, 1 + number)
        times.append(next_picture(client, image) - start)
        time.sleep(0.02)
    return times[5:]


def frames_of_burst(client: BlockingKernelClient, n: int = 30) -> int:
    """Send n moves at once; return how many pictures come back."""
    box, image = comm_ids(client, animated=True)
    for number in range(n):
        move(client, box, 1 + number)
    pictures = 0
    try:
        while True:
            next_picture(client, image, timeout=1.0)
            pictures += 1
    except Exception as silence:
        if type(silence).__name__ != "Empty":
            raise
    return pictures


def main() -> None:
    """Print the table."""
    with kernel() as client:
        print("frame                 median   p95 (ms)")
        for name, animated in (("animated artists", True), ("everything anew", False)):
            times = sorted(1e3 * t for t in frame_times(client, animated))
            p95 = times[int(0.95 * len(times))]
            print(f"{name:20} {statistics.median(times):7.1f} {p95:6.1f}")
        print(f"burst of 30 moves: {frames_of_burst(client)} pictures drawn")


if __name__ == "__main__":
    main()
