"""Warm parents of sandboxes, handed on from one judge to the next in a process of the tests.

A parent takes a second to start, and keeps nothing of a submission: it forks a child for each. One
that was closed in the midst of a child's life is ended as ever. So is one of the tier that lets
submissions leave files behind.

Not here: tests of the sandbox itself, where each has parents of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy

import pytest

from annkit.grading.sandbox.sandbox import Sandbox
from annkit.grading.sandbox.tiers import Tier

# What a sandbox has of its parent.
_OF_PARENT = ("_process", "_control", "_socket", "_home")


class HandedOn:
    """Parents that wait for the next sandbox of their tier, one for each."""

    def __init__(self) -> None:
        """There are none yet."""
        self._waiting: dict[Tier, Sandbox] = {}
        self._close, self._ensure_parent = Sandbox.close, Sandbox._ensure_parent

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Have sandboxes take what waits, and leave what they had."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Sandbox, "close", lambda sandbox: self._leave(sandbox))
            patch.setattr(Sandbox, "_ensure_parent", lambda sandbox: self._take(sandbox))
            yield

    def close(self) -> None:
        """End all that wait."""
        for left in self._waiting.values():
            self._close(left)

    def _take(self, sandbox: Sandbox) -> None:
        if sandbox._process is None and sandbox.tier in self._waiting:
            left = self._waiting.pop(sandbox.tier)
            if sandbox._home is not None:
                sandbox._home.close()
            vars(sandbox).update((name, vars(left)[name]) for name in _OF_PARENT)
        self._ensure_parent(sandbox)

    def _leave(self, sandbox: Sandbox) -> None:
        is_idle = sandbox._process is not None and sandbox._clock is None
        if not is_idle or sandbox.tier is Tier.LIMITS or sandbox.tier in self._waiting:
            self._close(sandbox)
            return
        self._waiting[sandbox.tier] = copy(sandbox)
        vars(sandbox).update(dict.fromkeys(_OF_PARENT))
