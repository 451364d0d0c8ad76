"""Training ends when the validation cost has stopped falling, and its best epoch is kept."""

import numpy as np

from annkit.exercises import Answer, Exercise, expect_equal, expect_shape

exercise = Exercise(
    id="early_stopping",
    title="The epoch to keep",
    points=1,
    size="about 8 lines",
    task="""`costs` are the validation costs of epochs 0, 1, 2, …. Training stops after `patience`
epochs **in a row** without a new best cost, or when the list ends; a cost equal to the best is no
new best. Return the index of the best epoch *seen by then*.

Example: `costs = [5, 3, 4, 2.5, 2.5, 2.8, 1]` and `patience = 2`: epoch 3 is the best, epochs 4
and 5 bring nothing better, training stops, and nobody sees the 1. The answer is 3; with `patience
= 3` it is 6.""",
    hints=(
        """
        Walk through the example with a pencil. Which two things do you have to remember from one
        epoch to the next?
        """,
        """
        Remember where the best cost so far was, and how long ago. A new best starts the wait anew.
        When the wait is as long as `patience`, look no further; and if the list ends first, the
        best so far is the answer as well.
        """,
        """
        The same pattern with the highest wave: you leave the beach after 2 waves in a row that
        aren't the highest so far. Waves 3, 5, 4, 6, 6, 2, 9: you note 3, 5, (4), 6, (6), (2), and
        go. The wave you talk about is number 3, counted from 0, and the 9 you never saw.
        """,
        """
        Skeleton:

        ```python
        best = 0
        for epoch in range(1, len(costs)):
            if costs[epoch] < ...:
                best = ...
            elif epoch - best == ...:
                ...
        return best
        ```
        """,
    ),
)


@exercise.reference
def early_stopping(costs, patience):
    """Find the epoch that early stopping keeps.

    Args:
        costs: validation costs, one number per epoch, at least one; a list or an array.
        patience: after so many epochs in a row without a strictly lower cost than all before,
            training stops; a whole number, at least 1.

    Returns:
        Index, counted from 0, of the lowest cost among the epochs before and at the stop; of
        several equal ones the first.
    """
    best = 0
    for epoch in range(1, len(costs)):
        if costs[epoch] < costs[best]:
            best = epoch
        elif epoch - best == patience:
            break
    return best


def _by_definition(costs, patience):
    """The same from the definition: the first epoch whose best lies `patience` back ends it."""
    best = [int(np.argmin(costs[: epoch + 1])) for epoch in range(len(costs))]
    stops = [epoch for epoch, place in enumerate(best) if epoch - place == patience]
    return best[min(stops, default=-1)]


@exercise.check("returns a number")
def returns_a_number(answer: Answer, rng: np.random.Generator) -> None:
    expect_shape(answer([3.0, 2.0, 1.0], 2), (), what="the index")
    expect_shape(answer([2.0, 1.0, 3.0, 4.0], 2), (), what="the index")


@exercise.check("a cost that falls to the end, and one that rises")
def falls_or_rises(answer: Answer, rng: np.random.Generator) -> None:
    expect_equal(answer([4.0, 3.0, 2.0, 1.0], 2), 3, why="every epoch is a new best")
    n = int(rng.integers(5, 9))
    expect_equal(answer([float(n - k) for k in range(n)], 1), n - 1, why="all are new bests")
    expect_equal(answer([1.0, 2.0, 3.0, 4.0], 2), 0, why="the first epoch is the best")
    expect_equal(answer([2.0], 3), 0, why="there is one epoch only")


@exercise.check("stops in time where nothing but worse costs follow the best")
def stops_in_time(answer: Answer, rng: np.random.Generator) -> None:
    for wait in (2, 1, 3):
        before, low = [9.0, 7.0], float(rng.integers(4, 7))
        worse = [low + k + 1.0 for k in range(wait)]
        why = f"after epoch 2 come {wait} epochs without a new best"
        expect_equal(answer([*before, low, *worse, 1.0], wait), 2, why=f"{why}: nobody sees the 1")
        why = f"{why}, which is one too few to stop, and then the 1"
        expect_equal(answer([*before, low, *worse, 1.0], wait + 1), 3 + wait, why=why)


@exercise.check("a new best starts the wait anew; only the best counts, not the last")
def waits_anew(answer: Answer, rng: np.random.Generator) -> None:
    low = float(rng.integers(1, 5))
    costs = [low + more for more in (3, 4, 2, 3, 1, 2, 0)]
    expect_equal(answer(costs, 2), 6, why="never two in a row without a new best")
    costs = [low + more for more in (1, 4, 3, 2, 0)]
    expect_equal(answer(costs, 3), 0, why="some are lower than the last, but not than the first")
    costs = [low, low - 1e-6, low + 1]
    expect_equal(answer(costs, 1), 1, why="lower by a millionth is lower, too")


@exercise.check("an equal cost is no new best")
def ties(answer: Answer, rng: np.random.Generator) -> None:
    low = float(rng.integers(1, 5))
    expect_equal(answer([low + 1, low, low, low, low - 1], 3), 4, why="two equal ones are no stop")
    expect_equal(answer([low + 1, low, low, low, low - 1], 2), 1, why="two equal ones: stop")
    expect_equal(answer([low, low], 5), 0, why="of equal ones the first counts")


@exercise.check("random costs, lists and arrays")
def random_costs(answer: Answer, rng: np.random.Generator) -> None:
    for n, high in ((12, 6), (20, 9), (30, 25), (15, 4)):
        for patience in (1, 2, 3, 5):
            costs = rng.integers(0, high, n) / 4 + np.linspace(2, 0, n).round(1)
            expected = _by_definition(costs, patience)
            expect_equal(answer(costs.tolist(), patience), expected)
            expect_equal(answer(costs, patience), expected)


def _walk(costs, patience, *, better=lambda new, best: new < best, after=0, resets=True):
    """The right walk with one piece replaced; returns (best, the epoch where it stopped)."""
    best = wait = 0
    for epoch in range(1, len(costs)):
        if better(costs[epoch], costs[best]):
            best, wait = epoch, 0 if resets else wait
        else:
            wait += 1
            if wait == patience + after:
                return best, epoch
    return best, len(costs) - 1


@exercise.wrong(caught_by=stops_in_time, hint=1)
def never_stops(costs, patience):
    """You look for the lowest cost of the whole list; training that has stopped sees no more."""
    return int(np.argmin(costs))


@exercise.wrong(
    caught_by=falls_or_rises,
    hint=2,
    variants=(lambda costs, patience: _stop_unless_the_list_ends(costs, patience),),
)
def where_it_stops(costs, patience):
    """You return the epoch at which training *stops*. The best one lies before it."""
    return _walk(costs, patience)[1]


def _stop_unless_the_list_ends(costs, patience):
    """The epoch of the stop; the best one where the patience outlasts the list."""
    best, stop = _walk(costs, patience)
    return stop if stop - best >= patience else best


@exercise.wrong(caught_by=returns_a_number, hint=4)
def nothing_at_the_end(costs, patience):
    """Where the list ends before the patience, your function returns nothing."""
    best, stop = _walk(costs, patience)
    return best if stop - best >= patience else None


@exercise.wrong(caught_by=ties, hint=2)
def equal_is_better(costs, patience):
    """An equal cost counts as a new best for you, and starts the wait anew."""
    return _walk(costs, patience, better=lambda new, best: new <= best)[0]


@exercise.wrong(caught_by=stops_in_time, hint=2)
def one_epoch_too_patient(costs, patience):
    """You wait one epoch longer than `patience`. Count the epochs without a new best by hand."""
    return _walk(costs, patience, after=1)[0]


@exercise.wrong(caught_by=stops_in_time, hint=2)
def one_epoch_too_impatient(costs, patience):
    """You stop one epoch early. Count the epochs without a new best by hand."""
    return _walk(costs, patience, after=-1)[0]


@exercise.wrong(caught_by=waits_anew, hint=2)
def wait_never_starts_anew(costs, patience):
    """You count all epochs without a new best. They have to come *in a row*."""
    return _walk(costs, patience, resets=False)[0]


@exercise.wrong(
    caught_by=waits_anew, hint=2, variants=(lambda costs, patience: _last_fall(costs, patience),)
)
def compared_with_the_last(costs, patience):
    """You ask whether the cost is lower than the *last* one; lower than the best is asked for."""
    best = wait = 0
    for epoch in range(1, len(costs)):
        best = epoch if costs[epoch] < costs[best] else best
        wait = 0 if costs[epoch] < costs[epoch - 1] else wait + 1
        if wait == patience:
            break
    return best


def _last_fall(costs, patience):
    """The last epoch that was better than the one before it, where each counts as a new best."""
    best = 0
    for epoch in range(1, len(costs)):
        if costs[epoch] < costs[epoch - 1]:
            best = epoch
        elif epoch - best == patience:
            break
    return best


@exercise.wrong(caught_by=ties, hint=2)
def equal_ones_not_counted(costs, patience):
    """An equal cost is no new best, but it is an epoch of waiting as well: yours doesn't count."""
    best = wait = 0
    for epoch in range(1, len(costs)):
        if costs[epoch] < costs[best]:
            best, wait = epoch, 0
        elif costs[epoch] > costs[best]:
            wait += 1
            if wait == patience:
                break
    return best


@exercise.wrong(caught_by=falls_or_rises, hint=1)
def cost_for_its_place(costs, patience):
    """You return the lowest cost itself. Its place in the list is asked for."""
    return costs[_walk(costs, patience)[0]]


@exercise.wrong(caught_by=falls_or_rises, hint=3)
def counted_from_1(costs, patience):
    """Your index is one too large: epochs are counted from 0."""
    return _walk(costs, patience)[0] + 1


@exercise.wrong(caught_by=falls_or_rises, hint=2)
def as_far_back_as_the_patience(costs, patience):
    """You go `patience` epochs back from where you stop, even if nothing but the list has ended."""
    return _walk(costs, patience)[1] - patience


@exercise.wrong(caught_by=returns_a_number, hint=1)
def cost_as_well(costs, patience):
    """You return two things, the place and the cost; the place alone is asked for."""
    best, _ = _walk(costs, patience)
    return best, costs[best]


@exercise.wrong(caught_by=falls_or_rises, hint=2)
def every_epoch_counts(costs, patience):
    """You stop after `patience` epochs, new bests included: a new best starts the wait anew."""
    return int(np.argmin(costs[:patience]))


@exercise.wrong(caught_by=falls_or_rises, hint=2)
def first_epoch_has_waited(costs, patience):
    """Your first epoch is compared with itself and counts as a wait; it is the first best."""
    best = wait = 0
    for epoch, cost in enumerate(costs):
        best, wait = (epoch, 0) if cost < costs[best] else (best, wait + 1)
        if wait == patience:
            break
    return best


@exercise.wrong(caught_by=waits_anew, hint=1)
def wants_a_larger_gain(costs, patience):
    """A cost that is lower by very little is no new best for you. Here any lower cost is one."""
    return _walk(costs, patience, better=lambda new, best: new < best - 1e-4)[0]


@exercise.wrong(caught_by=ties, hint=2)
def last_epoch_if_nothing_stops(costs, patience):
    """Where the list ends before the patience does, you return the last epoch. Is it the best?"""
    best, stop = _walk(costs, patience)
    return best if stop - best >= patience else len(costs) - 1


@exercise.wrong(caught_by=falls_or_rises, hint=4)
def last_epoch_unseen(costs, patience):
    """The last cost is never looked at: where does your loop end?"""
    return _walk(costs[:-1], patience)[0] if len(costs) > 1 else 0


@exercise.wrong(caught_by=falls_or_rises, hint=2)
def highest_kept(costs, patience):
    """You keep the epoch with the *highest* cost: which way round is your comparison?"""
    return _walk(costs, patience, better=lambda new, best: new > best)[0]


@exercise.wrong(caught_by=stops_in_time, hint=2)
def compared_with_the_first(costs, patience):
    """You compare every cost with the first one: is the best so far brought up to date?"""
    return _walk(costs, patience, better=lambda new, best: new < costs[0])[0]


@exercise.alternative
def with_a_counter(costs, patience):
    best, place, wait = float("inf"), None, 0
    for epoch, cost in enumerate(costs):
        wait += 1
        if cost < best:
            best, place, wait = cost, epoch, 0
        if wait >= patience:
            return place
    return place


@exercise.alternative
def from_best_to_best(costs, patience):
    best = 0
    while True:
        near = range(best + 1, min(best + patience + 1, len(costs)))
        better = [epoch for epoch in near if costs[epoch] < costs[best]]
        if not better:
            return best
        best = better[0]


@exercise.alternative
def with_arrays(costs, patience):
    lowest = np.minimum.accumulate(np.asarray(costs, dtype=float))
    is_best = np.concatenate([[True], lowest[1:] < lowest[:-1]])
    places = np.maximum.accumulate(np.where(is_best, np.arange(len(lowest)), 0))
    ends = np.flatnonzero(np.arange(len(lowest)) - places >= patience)
    return places[ends[0]] if len(ends) else places[-1]
