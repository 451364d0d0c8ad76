"""Which processes a process has started.

Not here: ending any.
"""

from pathlib import Path


def descendants(pid: int) -> set[int]:
    """All processes below a process, as far as they can be seen now."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            fields = (path / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(path.name)] = int(fields[1])
    found: set[int] = set()
    waiting = [pid]
    while waiting:
        above = waiting.pop()
        below = {child for child, parent in parents.items() if parent == above}
        waiting += below - found
        found |= below
    return found


def alive(pids: set[int]) -> set[int]:
    """Those that still exist; one that has ended and waits to be collected does not count."""
    found = set()
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state not in "ZX":
            found.add(pid)
    return found
