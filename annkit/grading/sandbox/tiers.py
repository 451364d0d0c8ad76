"""How strongly a machine can lock a submission in: three tiers, found by trying.

- NAMESPACES: own file system view, processes, users and no network (bubblewrap), plus Landlock
  where the kernel has it, seccomp and limits.
- LANDLOCK: Landlock, seccomp and limits, for hosts that forbid namespaces.
- LIMITS: limits on time and memory only, for macOS and old kernels. A submission that wants to do
  harm can; official marks need a flag that says so.

Not here: the command line of bubblewrap (`visible`), the steps (`untrusted.confine`).
"""

import platform
import shutil
import subprocess
from enum import Enum
from functools import cache

from annkit.grading.sandbox.untrusted import landlock, seccomp
from annkit.grading.sandbox.visible import INTERPRETER, SCRATCH, command


class Tier(Enum):
    """A tier; the value is what is recorded in the ledger."""

    NAMESPACES = "namespaces"
    LANDLOCK = "landlock"
    LIMITS = "limits"

    @property
    def steps(self) -> list[str]:
        """The steps a child goes through in this tier."""
        files = ["landlock"] if landlock.version() else []
        return {
            Tier.NAMESPACES: ["namespaces", *files, "seccomp"],
            Tier.LANDLOCK: ["landlock", "seccomp"],
            Tier.LIMITS: [],
        }[self]

    @property
    def words(self) -> str:
        """One sentence on what this tier protects."""
        return {
            Tier.NAMESPACES: "no files but the course's, no network, no other processes, "
            "own scratch space, limits",
            Tier.LANDLOCK: "no files but the course's, nothing written, no network, no other "
            "processes, limits",
            Tier.LIMITS: "limits on time and memory only: code that wants to do harm can",
        }[self]


@cache
def why_not(tier: Tier) -> str:
    """Say what stands in the way of a tier on this machine; empty if nothing does."""
    if tier is Tier.LIMITS:
        return ""
    if platform.system() != "Linux":
        return f"needs Linux, this is {platform.system()}"
    if not seccomp.is_supported():
        return f"no table of system calls for {platform.machine()}"
    if tier is Tier.LANDLOCK:
        return "" if landlock.version() else "this kernel has no Landlock (Linux 5.13 has)"
    if shutil.which("bwrap") is None:
        return "bubblewrap is not installed (the package is called bubblewrap)"
    script = f"from annkit.grading.sandbox.untrusted.namespaces import enter; enter({SCRATCH!r}, 1)"
    probe = subprocess.run(
        command([INTERPRETER, "-c", script]), capture_output=True, text=True, timeout=60
    )
    return "" if probe.returncode == 0 else _last_line(probe.stderr)


def _last_line(text: str) -> str:
    lines = text.strip().splitlines() or ["namespaces are refused"]
    return f"this host refuses namespaces ({lines[-1][:120]})"


def best_tier() -> Tier:
    """The strongest tier that works here."""
    return next(tier for tier in Tier if not why_not(tier))


class NoTier(Exception):
    """There is no sandbox that official marks may be made in."""


def choose_tier(name: str | None, weak_is_fine: bool) -> Tier:
    """The tier to use.

    Args:
        name: the one asked for; the strongest there is if None.
        weak_is_fine: whether a sandbox with limits only will do.

    Raises:
        NoTier: it is not available, or too weak.
    """
    tier = Tier(name) if name else best_tier()
    obstacle = why_not(tier)
    if obstacle:
        raise NoTier(f"the sandbox “{tier.value}” is not available: {obstacle}")
    if tier is Tier.LIMITS and not weak_is_fine:
        raise NoTier(
            "this machine offers no sandbox that keeps a submission away from your files "
            "(annkit doctor says why). If you trust every submission, add --allow-weak-sandbox"
        )
    return tier
