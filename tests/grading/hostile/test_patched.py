"""Answers that change what runs beside them: nothing a check compares with is made there.

Not here: what a submission reads (`test_borrowing`), the form of replies (`replies`).
"""

import pytest

from annkit.exercises import Exercise, course
from annkit.grading.marking.score import score
from annkit.grading.rebuild.rebuild import Rebuilt
from annkit.grading.sandbox.sandbox import Sandbox
from annkit.grading.sandbox.tiers import Tier
from annkit.grading.states import GRADED
from tests.grading.hostile.runs import STRONG

pytestmark = pytest.mark.slow

# What a probe, or what observes it, may use to draw, to compare, to measure, and to see changes.
PATCHES = {
    "generators": """
class Still:
    def __init__(self, *seeds): pass
    def __getattr__(self, name): return lambda *args, size=(), **more: np.zeros(size)
    def permutation(self, n): return np.arange(n) if np.ndim(n) == 0 else np.asarray(n)
    def shuffle(self, x): pass
    def spawn(self, n): return [Still() for _ in range(n)]
np.random.default_rng = np.random.Generator = Still
""",
    "comparisons": """
for name in ("allclose", "isclose", "array_equal", "all", "any"):
    setattr(np, name, lambda *args, **more: True)
""",
    "measures": """
np.linalg.norm = lambda *args, **more: 0.0
for name in ("max", "sum", "mean", "std", "sign", "maximum"):
    setattr(np, name, lambda *args, **more: 0.0)
""",
    "the observer": """
import time, warnings
import annkit.exercises.calls.observe as observing
time.perf_counter = time.process_time = time.thread_time = lambda: 0.0
warnings.warn = lambda *args, **more: None
observing._signature_mismatch = lambda *args: ""
observing._mutated = lambda *args: []
observing._shares_memory = lambda *args: False
""",
}
GIVES = {"a number": "return 0.0", "what it was given": "return args[0]"}
IDS = (
    "numerical_gradient",
    "newton_step",
    "minibatches",
    "gradient_check",
    "dropout",
    "attention",
)


@pytest.mark.parametrize("tier", STRONG[:1])
def test_whoever_patches_the_process_earns_nothing_by_it(
    tier: Tier, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong: dict[tuple[str, str, str], float] = {}
    names = {}
    for id in IDS:
        task = course().load(id)
        assert isinstance(task, Exercise)
        names[id] = task.object_name
        monkeypatch.setattr(task, "wrongs", [])  # what the mistake is called is not the subject
    with Sandbox(tier) as sandbox:
        for patched, patch in PATCHES.items():
            for what, gives in GIVES.items():
                answers = {
                    id: f"import numpy as np\n{patch}def {name}(*args, **more):\n    {gives}\n"
                    for id, name in names.items()
                }
                rebuilt = Rebuilt(answers, tuple(answers.items()), ())
                marks = score(course(), dict.fromkeys(IDS, 7), rebuilt, sandbox)
                assert {mark.state for mark in marks} == {GRADED}
                wrong |= {(patched, what, mark.id): mark.points for mark in marks if mark.points}
    assert wrong == {}
