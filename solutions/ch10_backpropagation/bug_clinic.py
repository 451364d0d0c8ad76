"""The bug clinic: name the bug from what it leaves in the gradients."""

from collections import Counter
from difflib import get_close_matches

import numpy as np

from annkit.exercises import Answer, CheckFailed, Exercise, Failure
from annkit.lessons.backpropagation.bug_fingerprints import bug_fingerprint, random_case
from annkit.lessons.backpropagation.planted_bugs import BUGS, faulty_gradients

exercise = Exercise(
    id="bug_clinic",
    title="The bug clinic",
    points=3,
    size="about 30 lines",
    task="""Fifteen patients, each with one bug. All are networks with one hidden layer of tanh and
one sigmoid output, trained by the mean binary cross-entropy of n examples. Per case you get a
dictionary: `X`, `y` and `params`, the right `z` and `a` of both layers (`z[0]` is z1), and the
gradients, `true` and `faulty`, both `[(dW1, db1), (dW2, db2)]`. The cell above has three patients
to practise on, with the name on the door. Return the bug's name for each case:

| name | what is wrong |
|---|---|
| `"mean_missing"` | the 1/n is missing everywhere |
| `"mean_twice"` | the 1/n is taken twice everywhere |
| `"mean_again_in_layer_1"` | delta1 is divided by n once more |
| `"mean_missing_in_b2"` | db2 alone has no 1/n |
| `"sign_flipped"` | delta2 is y − a2 over n |
| `"extra_sigmoid_slope"` | delta2 has a factor a2(1 − a2) too many |
| `"z_instead_of_a"` | dW2 is computed with z1 instead of a1 |
| `"updated_W2"` | the error goes back through W2 − dW2, after the step (learning rate 1) |
| `"dW2_instead_of_W2"` | the error goes back through dW2 |
| `"tanh_slope_missing"` | delta1 lacks the slope of tanh |
| `"slope_from_z"` | that slope is 1 − z1² |
| `"slope_of_tanh_twice"` | that slope is 1 − tanh(a1)² |
| `"sigmoid_slope"` | that slope is a1(1 − a1) |
| `"b1_over_everything"` | db1 is summed over the units too: the same number in every entry |
| `"biases_forgotten"` | db1 and db2 are 0 |

Example: everything in `faulty` is `true` times −1: that case is a `"sign_flipped"`. Two cases, and
your answer is a list like `["sign_flipped", "mean_twice"]`.""",
    hints=(
        """
        Which of the four arrays are wrong? Take `case = patients["sigmoid_slope"]` from the cell
        above the exercise, and see for each array whether `case["faulty"]` is close to
        `case["true"]`. How many of the fifteen are still possible then?
        """,
        """
        Two roads lead there. A detective's: which arrays, which ratio, which cosine; that leaves
        the bugs that touch layer 1 only, and those you tell apart by computing what each would
        give. A pathologist's: compute what *each* of the fifteen would give for this case, and see
        which of them equals `faulty`. The second is one idea, fifteen times.
        """,
        """
        The second road for another patient, an average that came out wrong: `suspects = {"sum":
        sum(x), "one_less": sum(x) / (len(x) - 1), "median": sorted(x)[len(x) // 2]}`, then
        `min(suspects, key=lambda name: abs(suspects[name] - seen))` is the name whose number lies
        nearest to the one seen. For x = [1, 2, 6] and 4.5 seen that is `"one_less"`.
        """,
        """
        Skeleton:

        ```python
        def gradients(delta2, back, slope, out):
            # X and n are of this case; every bug but three changes one of these four
            delta1 = (delta2 @ back.T) * slope
            return [..., ...]

        names = []
        for case in cases:
            delta2 = ...             # the right one
            suspects = {"mean_missing": gradients(...), ...}
            names.append(...)        # the suspect nearest to case["faulty"]
        return names
        ```
        """,
    ),
)


@exercise.reference
def bug_clinic(cases):
    """Name the bug of each case.

    Args:
        cases: a list of dictionaries. For n examples and one hidden layer of h units: "X"
            (n, n_in), "y" (n, 1) of zeros and ones, "params" [(W1, b1), (W2, b2)] with shapes
            (n_in, h), (h,), (h, 1), (1,); "z" [z1, z2] and "a" [a1, a2], (n, h) and (n, 1), from a
            right forward pass; "true" and "faulty", gradients [(dW1, db1), (dW2, db2)] with the
            shapes of the parameters.

    Returns:
        A list with one name per case, in the order of the cases, from the list in the task.
    """
    names = []
    for case in cases:
        X, (a1, a2), z1 = case["X"], case["a"], case["z"][0]
        (_, _), (W2, _) = case["params"]
        (true_dW1, true_db1), (true_dW2, true_db2) = case["true"]
        n, delta2, tanh_slope = len(X), (a2 - case["y"]) / len(X), 1 - a1**2

        def gradients(error=delta2, back=W2, slope=tanh_slope, out=a1, X=X):
            delta1 = error @ back.T * slope
            return [X.T @ delta1, delta1.sum(axis=0), out.T @ error, error.sum(axis=0)]

        everything = np.full(true_db1.shape, true_db1.sum())
        suspects = {
            "mean_missing": gradients(error=delta2 * n),
            "mean_twice": gradients(error=delta2 / n),
            "mean_again_in_layer_1": gradients(slope=tanh_slope / n),
            "mean_missing_in_b2": [true_dW1, true_db1, true_dW2, true_db2 * n],
            "sign_flipped": gradients(error=-delta2),
            "extra_sigmoid_slope": gradients(error=delta2 * a2 * (1 - a2)),
            "z_instead_of_a": gradients(out=z1),
            "updated_W2": gradients(back=W2 - true_dW2),
            "dW2_instead_of_W2": gradients(back=true_dW2),
            "tanh_slope_missing": gradients(slope=1),
            "slope_from_z": gradients(slope=1 - z1**2),
            "slope_of_tanh_twice": gradients(slope=1 - np.tanh(a1) ** 2),
            "sigmoid_slope": gradients(slope=a1 * (1 - a1)),
            "b1_over_everything": [true_dW1, everything, true_dW2, true_db2],
            "biases_forgotten": [true_dW1, 0 * true_db1, true_dW2, 0 * true_db2],
        }
        faulty = [array for pair in case["faulty"] for array in pair]
        for name, suspect in suspects.items():
            if all(np.allclose(a, b) for a, b in zip(suspect, faulty, strict=True)):
                names.append(name)
    return names


EVERYWHERE = (
    "mean_missing",
    "mean_twice",
    "sign_flipped",
    "extra_sigmoid_slope",
    "mean_missing_in_b2",
    "z_instead_of_a",
    "b1_over_everything",
    "biases_forgotten",
)
SENT_BACK = ("mean_again_in_layer_1", "updated_W2", "dW2_instead_of_W2", "tanh_slope_missing")
SLOPES = ("tanh_slope_missing", "slope_from_z", "slope_of_tanh_twice", "sigmoid_slope")


class Ward:
    """Cases of these bugs, drawn so that a card can write each of them in a line."""

    def __init__(self, names, seeds) -> None:
        self.names, self.seeds = [str(name) for name in names], list(map(int, seeds))
        pairs = zip(self.names, self.seeds, strict=True)
        self.cases = [random_case(name, np.random.default_rng(seed)) for name, seed in pairs]

    @classmethod
    def drawn(cls, names, rng: np.random.Generator) -> "Ward":
        """One case of each of these bugs, at random shapes."""
        return cls(names, rng.integers(10_000, size=len(names)))

    def only(self, number) -> "Ward":
        """A ward with one of the cases alone."""
        return Ward([self.names[number]], [self.seeds[number]])

    def failure(self, what, shown, expected, got) -> CheckFailed:
        """A failure that shows these of the cases, one of them with its fingerprint."""
        lines = ["from annkit.lessons.backpropagation.bug_fingerprints import random_case"]
        if len(shown) == 1:
            case = self.cases[shown[0]]
            arrays = ", ".join(map(str, bug_fingerprint(case["true"], case["faulty"])))
            lines.append(f"# ratio / cosine: {arrays}")
        made = [
            f'random_case("{self.names[i]}", np.random.default_rng({self.seeds[i]}))' for i in shown
        ]
        lines.append(f"bug_clinic([{(',' + chr(10) + ' ' * 12).join(made)}])")
        call = "\n".join(lines)
        return CheckFailed(Failure(what, call, expected=expected, got=got, compared=True))


def expect_names(answer: Answer, names, rng: np.random.Generator) -> None:
    """Expect the right name for each of these bugs, at random shapes, drawn twice."""
    ward = Ward.drawn(rng.permutation([*names, *names]), rng)
    got = answer(ward.cases)
    if not _one_each(got, ward):
        for number in range(len(ward.cases)):  # one alone can be told on a card
            expect_form(answer(ward.only(number).cases), ward.only(number))
    expect_form(got, ward)
    pairs = list(zip(ward.names, got, strict=True))
    wrong = [number for number, (right, name) in enumerate(pairs) if name != right]
    if wrong:
        first, n = wrong[0], len(pairs)
        mixed = Counter(pairs[number] for number in wrong).most_common(2)
        often = ", ".join(f"{a} for {b} ({times} times)" for (a, b), times in mixed if times > 1)
        # what is wrong alone can be told alone
        is_alone = list(answer(ward.only(first).cases)) == [got[first]]
        shown = [first] if is_alone else range(n)
        raise ward.failure(
            f"{n - len(wrong)} of {n} names right"
            + (f"; this is cases[{first}]." if is_alone else ".")
            + (f" You take {often}." if often else ""),
            shown,
            [ward.names[number] for number in shown],
            [got[number] for number in shown],
        )


def _one_each(got, ward) -> bool:
    return isinstance(got, list | tuple) and len(got) == len(ward.cases)


def expect_form(got, ward) -> None:
    """Expect as many names as there are cases, all of them from the list."""
    if not _one_each(got, ward):
        n = len(ward.cases)
        what = f"{n} name{'s were' if n > 1 else ' was'} expected, one per case."
        raise ward.failure(what, range(n), ward.names, got)
    for number, name in enumerate(got):
        if not isinstance(name, str) or name not in BUGS:
            near = get_close_matches(str(name), BUGS, n=1)
            raise ward.failure(
                f"Your name for cases[{number}] is not in the task's list."
                + (f" The nearest there is {near[0]!r}." if near else ""),
                [number],
                "a name from the list",
                "nothing (None)" if name is None else name,
            )


@exercise.check("returns one name per case, from the list in the task")
def one_name_per_case(answer: Answer, rng: np.random.Generator) -> None:
    for n in (1, 3):
        ward = Ward.drawn(["sign_flipped"] * n, rng)
        expect_form(answer(ward.cases), ward)


@exercise.check("tells the bugs that scale, flip or touch one array", points=1)
def everywhere(answer: Answer, rng: np.random.Generator) -> None:
    expect_names(answer, EVERYWHERE, rng)


@exercise.check("tells what happened to the error on its way back to layer 1", points=1)
def sent_back(answer: Answer, rng: np.random.Generator) -> None:
    expect_names(answer, SENT_BACK, rng)


@exercise.check("tells which slope layer 1 has used instead of its own", points=1)
def which_slope(answer: Answer, rng: np.random.Generator) -> None:
    expect_names(answer, SLOPES, rng)


def _flat(pairs):
    return np.concatenate([np.ravel(array) for pair in pairs for array in pair])


def _suspects(case):
    """What each bug gives for a case, as flat vectors."""
    given = case["X"], case["y"], case["params"]
    return {bug: _flat(faulty_gradients(bug, *given)) for bug in BUGS}


def _nearest(case, suspects):
    faulty = _flat(case["faulty"])
    return min(suspects, key=lambda name: float(np.linalg.norm(suspects[name] - faulty)))


def _blind_for_signs(calls):
    """Is every flipped sign taken for something else, and all else right that lies in lengths?"""
    named = [
        (right, name)
        for call in calls
        if isinstance(call.value, list | tuple) and len(call.value) == len(call.args[0])
        for case, name in zip(call.args[0], call.value, strict=True)
        if name in BUGS and (right := _nearest(case, _suspects(case))) in EVERYWHERE
    ]
    missed = [right for right, name in named if right != name]
    return "sign_flipped" in missed and not [
        right for right, name in named if (right == "sign_flipped") == (right == name)
    ]


@exercise.wrong(caught_by=everywhere, hint=2, recognise=_blind_for_signs)
def direction_ignored(cases):
    """You never find a flipped sign. It keeps every length: which number tells of a direction?"""

    def parts(vector, case):
        sizes = [array.size for pair in case["params"] for array in pair]
        return [np.linalg.norm(part) for part in np.split(vector, np.cumsum(sizes)[:-1])]

    names = []
    for case in cases:
        suspects = _suspects(case) | {"sign_flipped": np.inf * np.ones(1)}
        del suspects["sign_flipped"]
        lengths = {name: np.array(parts(vector, case)) for name, vector in suspects.items()}
        faulty = np.array(parts(_flat(case["faulty"]), case))
        true = np.array(parts(_flat(case["true"]), case))
        if np.allclose(faulty, true):
            names.append("mean_twice")
        else:
            names.append(
                min(lengths, key=lambda name: float(np.sum((lengths[name] - faulty) ** 2)))
            )
    return names


def _blind_for_lengths(calls):
    """Is all right, except that cases with the mean missing or taken twice get one and the same?"""
    mistaken = set()
    for call in calls:
        right = [_nearest(case, _suspects(case)) for case in call.args[0]]
        if not isinstance(call.value, list | tuple) or len(call.value) != len(right):
            return False
        pairs = [pair for pair in zip(call.value, right, strict=True) if pair[0] != pair[1]]
        if any(not {*pair} <= {"mean_missing", "mean_twice"} for pair in pairs):
            return False
        mistaken.update(pairs)
    return len(mistaken) == 1


@exercise.wrong(caught_by=everywhere, hint=2, recognise=_blind_for_lengths)
def length_ignored(cases):
    """You compare directions only. Two of the bugs leave every direction as it is."""
    names = [_nearest(case, _suspects(case)) for case in cases]
    return ["mean_missing" if name == "mean_twice" else name for name in names]


@exercise.wrong(caught_by=everywhere, hint=1)
def ratio_upside_down(cases):
    """What is n times too large you call too small, and the reverse: which stands for which?"""
    swapped = {"mean_missing": "mean_twice", "mean_twice": "mean_missing"}
    names = [_nearest(case, _suspects(case)) for case in cases]
    return [swapped.get(name, name) for name in names]


@exercise.wrong(caught_by=everywhere, hint=1)
def weights_only(cases):
    """You look at the weights alone. Some bugs live in the biases, where you don't see them."""
    names = []
    for case in cases:
        (W1, _), (W2, _) = case["params"]
        seen = np.r_[0 : W1.size, W1.size + W2.size : W1.size + 2 * W2.size]
        suspects, faulty = _suspects(case), _flat(case["faulty"])
        names.append(min(suspects, key=lambda name: float(
            np.linalg.norm(suspects[name][seen] - faulty[seen])
        )))  # fmt: skip
    return names


@exercise.wrong(caught_by=everywhere, hint=1)
def layer_2_only(cases):
    """You look at layer 2 alone, so that everything wrong in layer 1 looks alike."""
    names = []
    for case in cases:
        last = case["params"][1][0].size + 1
        suspects, faulty = _suspects(case), _flat(case["faulty"])
        names.append(min(suspects, key=lambda name: float(
            np.linalg.norm(suspects[name][-last:] - faulty[-last:])
        )))  # fmt: skip
    return names


@exercise.wrong(caught_by=sent_back, hint=2)
def near_the_truth(cases):
    """A gradient that is *nearly* right you always blame on updated weights.

    Other bugs come as near. Which arrays are wrong and how far does not decide that: compute.
    """
    names = []
    for case in cases:
        name = _nearest(case, _suspects(case))
        true, faulty = _flat(case["true"]), _flat(case["faulty"])
        last = case["params"][1][0].size + 1
        in_layer_1 = np.allclose(true[-last:], faulty[-last:]) and not np.allclose(true, faulty)
        cosine = true @ faulty / np.linalg.norm(true) / np.linalg.norm(faulty)
        nearly = in_layer_1 and name not in ("b1_over_everything", "mean_again_in_layer_1")
        names.append("updated_W2" if nearly and cosine > 0 else name)
    return names


@exercise.wrong(caught_by=which_slope, hint=2)
def one_slope_for_all(cases):
    """Whenever the slope of layer 1 is wrong you call it missing; four bugs make it wrong."""
    names = [_nearest(case, _suspects(case)) for case in cases]
    return ["tanh_slope_missing" if name in SLOPES else name for name in names]


@exercise.wrong(caught_by=which_slope, hint=2)
def z_and_a_mixed_up(cases):
    """You mix up two of the slopes: one has z1 where a1 belongs, the other tanh of a1."""
    swapped = {"slope_from_z": "slope_of_tanh_twice", "slope_of_tanh_twice": "slope_from_z"}
    names = [_nearest(case, _suspects(case)) for case in cases]
    return [swapped.get(name, name) for name in names]


@exercise.wrong(caught_by=one_name_per_case, hint=4)
def only_the_first_case(cases):
    """You return one name only: is the `return` inside the loop? See its indentation."""
    return [_nearest(case, _suspects(case)) for case in cases[:1]]


@exercise.wrong(caught_by=one_name_per_case, hint=4)
def each_name_once(cases):
    """You return each name once. Every case wants its own, also if two have the same bug."""
    names = [_nearest(case, _suspects(case)) for case in cases]
    return list(dict.fromkeys(names))


def _no_name_for_some(calls):
    """Is the list too short for some single cases, and a list of one name for others?"""
    alone = [call.value for call in calls if len(call.args[0]) == 1]
    return [] in alone and all(len(names) < 2 for names in alone)


@exercise.wrong(caught_by=everywhere, hint=2, recognise=_no_name_for_some)
def no_suspect_fits(cases):
    """This case gets no name: none of your suspects, or none of your conditions, fits it.

    What you expect of its bug isn't what `faulty` shows. Compare the two, array by array.
    """
    names = [_nearest(case, _suspects(case)) for case in cases]
    return [name for name in names if name != "extra_sigmoid_slope"]


@exercise.wrong(caught_by=everywhere, hint=4)
def sorted_names(cases):
    """The right names, sorted; they belong in the order of the cases."""
    return sorted(_nearest(case, _suspects(case)) for case in cases)


@exercise.alternative
def without_y_and_params(cases):
    """All that it takes stands in X, z, a and the true gradients: the output's delta is solved for.

    The true gradients are linear in delta2, with more equations than there are examples.
    """
    names = []
    for case in cases:
        X, (a1, a2), z2, m = case["X"], case["a"], case["z"][1], len(case["X"])
        (dW1, db1), (dW2, db2) = case["true"]
        X1, a1_1 = (np.hstack([array, np.ones((m, 1))]) for array in (X, a1))
        first, second = (
            np.linalg.lstsq(inputs, z, rcond=None)[0]
            for inputs, z in ((X1, case["z"][0]), (a1_1, z2))
        )
        W2 = second[:-1]
        equations = [a1_1.T]
        equations += [(X1 * (W2[j] * (1 - a1[:, j : j + 1] ** 2))).T for j in range(len(W2))]
        known = np.concatenate([dW2[:, 0], db2, *np.vstack([dW1, db1]).T])
        delta2 = np.linalg.lstsq(np.vstack(equations), known, rcond=None)[0][:, None]
        y = np.round(a2 - m * delta2)
        params = [(first[:-1], first[-1]), (W2, second[-1])]
        rebuilt = {"X": X, "y": y, "params": params}
        names.append(_nearest(case, _suspects(rebuilt)))
    return names


@exercise.alternative
def as_an_array(cases):
    return np.array([_nearest(case, _suspects(case)) for case in cases])


@exercise.alternative
def like_a_detective(cases):
    names = []
    for case in cases:
        X, (a1, a2), z1, m = case["X"], case["a"], case["z"][0], len(case["X"])
        true, faulty = ([x for pair in case[key] for x in pair] for key in ("true", "faulty"))
        wrong = "".join("01"[not np.allclose(t, f)] for t, f in zip(true, faulty, strict=True))
        ratios = np.concatenate([np.ravel(f / t) for t, f in zip(true, faulty, strict=True)])
        if wrong == "1111":
            constant = {float(m): "mean_missing", 1 / m: "mean_twice", -1.0: "sign_flipped"}
            found = [name for r, name in constant.items() if np.allclose(ratios, r)]
            names.append(found[0] if found else "extra_sigmoid_slope")
        elif wrong != "1100":
            single = {"0001": "mean_missing_in_b2", "0010": "z_instead_of_a"}
            single |= {"0100": "b1_over_everything", "0101": "biases_forgotten"}
            names.append(single[wrong])
        elif np.allclose(faulty[1] * m, true[1]):
            names.append("mean_again_in_layer_1")
        else:
            W2, delta2 = case["params"][1][0], (a2 - case["y"]) / m
            factors = faulty[1] / true[1]
            if np.allclose(faulty[0], true[0] * factors):  # each unit has a factor of its own
                passed = np.allclose(factors * W2[:, 0], true[2][:, 0])
                names.append("dW2_instead_of_W2" if passed else "updated_W2")
                continue
            slopes = {
                "tanh_slope_missing": np.ones_like(a1),
                "slope_from_z": 1 - z1**2,
                "slope_of_tanh_twice": 1 - np.tanh(a1) ** 2,
                "sigmoid_slope": a1 - a1**2,
            }
            names += [
                name
                for name, slope in slopes.items()
                if np.allclose(X.T @ (delta2 @ W2.T * slope), faulty[0])
            ]
    return tuple(names)
