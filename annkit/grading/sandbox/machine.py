"""What this machine offers for grading: sandboxes and processors.

Not here: the sandboxes themselves (`sandbox`).
"""

import os

from annkit.grading.sandbox.tiers import Tier, best_tier, why_not


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


def default_workers() -> int:
    """One worker for each processor this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def doctor() -> int:
    """Say which sandboxes this machine offers and what is missing; 0 if marks can be made."""
    for tier in Tier:
        obstacle = why_not(tier)
        print(f"{'✗' if obstacle else '✓'} {tier.value}: {obstacle or tier.words}")
    best = best_tier()
    if best is Tier.LIMITS:
        print("Official marks need --allow-weak-sandbox here: a submission could read and change")
        print("what you can. On Linux, install bubblewrap (Debian: apt install bubblewrap).")
        return 1
    print(f"annkit grade would use: {best.value}")
    return 0
