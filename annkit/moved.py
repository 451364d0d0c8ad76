"""Where things have moved: notebooks of earlier editions name modules as they were called then.

A notebook that somebody began last year goes on working: an import of an old path finds the
module that took its place. So does the configuration of a teacher's classroom. `tests/last_edition`
opens such notebooks. An entry stays for as long as it may be in somebody's hands.

Not here: anything that this edition's own notebooks name.
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_MODULES = {
    "annkit.exercises.own_parts": "annkit.exercises.my_ann.own_parts",
    "annkit.grading.export_csv": "annkit.grading.books.export_csv",  # in classrooms' configuration
    "annkit.nn.autodiff": "annkit.lessons.autodiff.number",
    "annkit.nn.counting": "annkit.lessons.backpropagation.counting",
    "annkit.nn.downhill": "annkit.lessons.gradient_descent.downhill",
    "annkit.nn.fingerprints": "annkit.lessons.backpropagation.bug_fingerprints",
    "annkit.nn.handmade": "annkit.lessons.forward.handmade",
    "annkit.nn.line_up": "annkit.lessons.backpropagation.unseen_bugs",
    "annkit.nn.passes": "annkit.lessons.backpropagation.passes",
    "annkit.nn.perceptron": "annkit.lessons.perceptron.learning",
    "annkit.nn.tape": "annkit.lessons.autodiff.tape",
    "annkit.nn.walks": "annkit.lessons.sgd.walks",
    "annkit.show.activation_explorer": "annkit.lessons.activations.explorer",
    "annkit.show.activation_lab": "annkit.lessons.activations.measurements",
    "annkit.show.activation_pictures": "annkit.lessons.activations.pictures",
    "annkit.show.backprop_pictures": "annkit.lessons.backpropagation.pictures",
    "annkit.show.backprop_stepper": "annkit.lessons.backpropagation.explorer",
    "annkit.show.bump_pictures": "annkit.lessons.forward.bumps",
    "annkit.show.cost_explorer": "annkit.lessons.costs.explorer",
    "annkit.show.descent_cases": "annkit.lessons.gradient_descent.cases",
    "annkit.show.descent_explorer": "annkit.lessons.gradient_descent.explorer",
    "annkit.show.digit_drawing": "annkit.lessons.welcome.pictures",
    "annkit.show.dying_units": "annkit.lessons.activations.dying_units",
    "annkit.show.expression_tree": "annkit.lessons.chain_rule.expression_tree",
    "annkit.show.forward_pictures": "annkit.lessons.forward.pictures",
    "annkit.show.growth_picture": "annkit.lessons.chain_rule.growth_picture",
    "annkit.show.mode_pictures": "annkit.lessons.autodiff.mode_pictures",
    "annkit.show.neuron_derivation": "annkit.lessons.chain_rule.explorer",
    "annkit.show.neuron_drawings": "annkit.lessons.neurons.pictures",
    "annkit.show.neuron_explorer": "annkit.lessons.neurons.explorer",
    "annkit.show.optimiser_race": "annkit.lessons.sgd.explorer",
    "annkit.show.perceptron_drawings": "annkit.lessons.perceptron.pictures",
    "annkit.show.perceptron_explorer": "annkit.lessons.perceptron.explorer",
    "annkit.show.perceptron_proof": "annkit.lessons.perceptron.proof",
    "annkit.show.sgd_drawings": "annkit.lessons.sgd.pictures",
    "annkit.show.shape_ledger": "annkit.lessons.forward.explorer",
    "annkit.show.step_errors": "annkit.lessons.neurons.step_errors",
    "annkit.show.tape_cases": "annkit.lessons.autodiff.cases",
    "annkit.show.tape_drawings": "annkit.lessons.autodiff.pictures",
    "annkit.show.tape_explorer": "annkit.lessons.autodiff.explorer",
    "annkit.show.zigzag": "annkit.lessons.activations.input_mean",
}
# Single names that left their module or are called otherwise: what they were → what they are.
_NAMES = {
    "annkit.nn.counting.Ledger": "annkit.lessons.backpropagation.counting.MultiplicationCounter",
    "annkit.nn.line_up.line_up": "annkit.lessons.backpropagation.unseen_bugs.train_suspects",
    "annkit.show.shape_ledger.shape_ledger": "annkit.lessons.forward.explorer.shape_explorer",
    "annkit.nn.LeakyCell": "annkit.lessons.neurons.leaky_cell.LeakyCell",
    "annkit.nn.downhill.measured_gradient": "annkit.nn.gradient_checking.measured_gradient",
}


def old_name(module: str, name: str) -> Any:
    """What an old module's name stands for today.

    Args:
        module: the dotted path it had.
        name: the attribute asked for.

    Raises:
        AttributeError: there never was such a name, or it is gone.
    """
    home, _, current = _NAMES.get(f"{module}.{name}", "").rpartition(".")
    if not home and module not in _MODULES:
        raise AttributeError(f"module {module!r} has no attribute {name!r}")
    return getattr(import_module(home or _MODULES[module]), current or name)


class _OldPaths:
    """Finds the modules of `_MODULES`: each is an empty one that asks its successor."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return ModuleSpec(name, self) if name in _MODULES else None  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> None:
        """Let Python make it."""

    def exec_module(self, module: ModuleType) -> None:
        def look_up(name: str) -> Any:
            return old_name(module.__name__, name)

        vars(module)["__getattr__"] = look_up


sys.meta_path.append(_OldPaths())
