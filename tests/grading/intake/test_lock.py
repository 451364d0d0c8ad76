"""One grader at a time."""

import multiprocessing
from multiprocessing.connection import Connection
from pathlib import Path

from annkit.grading.intake.lock import only_grader


def hold(course: Path, pipe: Connection) -> None:
    with only_grader(course, pipe.send):
        pipe.send("got it")
        pipe.recv()


def test_a_second_grader_waits_and_a_killed_one_leaves_no_lock(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    pipes, processes = [], []
    for _ in range(2):
        ours, theirs = context.Pipe()
        process = context.Process(target=hold, args=(tmp_path, theirs), daemon=True)
        process.start()
        theirs.close()
        pipes.append(ours)
        processes.append(process)
        if len(pipes) == 1:
            assert ours.recv() == "got it"
    assert f"process {processes[0].pid}" in pipes[1].recv()
    processes[0].kill()
    assert pipes[1].recv() == "got it"
    pipes[1].send("end")
    for process in processes:
        process.join()
