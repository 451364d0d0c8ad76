"""The f–I curve of the leaky integrate-and-fire neuron, in closed form."""

import math
from dataclasses import asdict, replace

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_shape, expect_that
from annkit.lessons.neurons.leaky_cell import LeakyCell

exercise = Exercise(
    id="firing_rate",
    title="The f–I curve",
    points=2,
    size="about 6 lines",
    task=r"""
Return the firing rate, in spikes per second, for a steady current: one spike every $T =
t_\text{ref} + \tau \ln\dfrac{v_\text{rest} + R I - v_\text{reset}}{v_\text{rest} + R I -
v_\text{threshold}}$ (in ms), and 0 at and below the rheobase, where the voltage never crosses the
threshold. $t_\text{ref}$ is the pause after a spike, the argument `refractory`.
It must work for one current and for an array of currents.

**Example.** With the default values, `firing_rate(3.0)`: the fraction is $30/15 = 2$, so $T = 2 +
10\ln 2 = 8.93$ ms and the rate is $111.96$ Hz.""",
    hints=(
        """
        What is the fraction in the logarithm for a current of 1 nA? And for 1.5 nA? What can a
        logarithm say about that, and what should your function say?
        """,
        """
        Two regimes. Find the target voltage `v_rest + resistance * current` first; only where it
        lies above the threshold is there anything to compute. Everywhere else the answer is known.
        T is in ms, a rate in Hz counts per second.
        """,
        """
        A relative, worked: reading speed in pages an hour, `60 / minutes`, for `minutes =
        np.array([2, 0, 5])`, where 0 means "not reading". One way: start with zeros of the same
        shape, `speed = np.zeros(minutes.shape)`, then `busy = minutes > 0` and `speed[busy] = 60 /
        minutes[busy]`: `[30, 0, 12]`. Watch the type: zeros made *like* an array of whole numbers
        cut off everything after the point, and a single number has a shape only after `np.asarray`.
        """,
        """
        The shape of one solution:

        ```python
        target = ...                    # from np.asarray(current, dtype=float)
        fires = ...                     # like current, True or False
        target = np.where(fires, target, ...)   # any harmless value where it does not fire
        period = ...                    # ms
        return np.where(fires, ..., 0.0)
        ```
        """,
    ),
)


@exercise.reference
def firing_rate(
    current,
    tau=10.0,
    v_rest=-65.0,
    v_reset=-65.0,
    v_threshold=-50.0,
    resistance=10.0,
    refractory=2.0,
):
    """Compute the firing rate of a leaky integrate-and-fire neuron at a steady current.

    Args:
        current: input current, nA, one number or an array of any shape.
        tau: membrane time constant, ms.
        v_rest: voltage at rest, mV.
        v_reset: voltage right after a spike, mV.
        v_threshold: threshold, mV.
        resistance: membrane resistance, MΩ.
        refractory: pause after a spike, ms; may be 0.

    Returns:
        Spikes per second (Hz), the shape of current; 0 at and below the rheobase.
    """
    target = v_rest + resistance * np.asarray(current)
    fires = target > v_threshold
    climb = tau * np.log((target[fires] - v_reset) / (target[fires] - v_threshold))
    rate = np.zeros(np.shape(current))
    rate[fires] = 1000.0 / (refractory + climb)
    return rate


NODES, WEIGHTS = np.polynomial.legendre.leggauss(200)


def _by_quadrature(current, cell):
    """The rate without a logarithm: time to threshold as ∫ dv / (dv/dt), Gauss–Legendre."""
    target = cell.v_rest + cell.resistance * current
    if target <= cell.v_threshold:
        return 0.0
    half = (cell.v_threshold - cell.v_reset) / 2
    v = cell.v_reset + half * (NODES + 1)
    return 1000.0 / (cell.refractory + half * float(WEIGHTS @ (cell.tau / (target - v))))


@exercise.check("keeps the shape of the currents")
def keeps_shape(answer: Answer, rng: np.random.Generator) -> None:
    expect_shape(answer(np.linspace(2, 4, 6).reshape(2, 3)), (2, 3))
    expect_shape(answer(2.5), ())


@exercise.check("above the rheobase, worked out by hand", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    why = "the fraction is 20/5 = 4: T = 2 + 10·ln 4 = 15.86 ms"
    expect_close(answer(2.0), 1000 / (2 + 20 * math.log(2)), why=why)
    currents = np.array([2.0, 3.0, 6.0])
    fractions = (4.0, 2.0, 4 / 3)
    expect_close(answer(currents), np.array([1000 / (2 + 10 * math.log(f)) for f in fractions]))
    fraction = float(rng.uniform(1.5, 5))
    drive = 15 * fraction / (fraction - 1)  # mV: so far above v_rest lies the target
    why = f"R·I is {drive:.2f} mV, so the fraction is {fraction:.3f}"
    got = answer(np.full((2, 1), drive / 10))
    expect_close(got, np.full((2, 1), 1000 / (2 + 10 * math.log(fraction))), why=why)


def _expect_rates(answer: Answer, rheobase: float, shares: tuple[float, ...]) -> None:
    """Expect the rates at some shares of the rheobase, of a cell with another threshold."""
    v_threshold = -65.0 + 10.0 * rheobase
    currents = rheobase * np.array(shares)
    cell = LeakyCell(v_threshold=v_threshold)
    expected = np.array([_by_quadrature(float(current), cell) for current in currents])
    why = f"this cell has a rheobase of {rheobase:.4g} nA"
    expect_close(answer(currents, v_threshold=v_threshold), expected, rtol=1e-5, why=why)


@exercise.check("silent at and below the rheobase", points=0.5)
def silent(answer: Answer, rng: np.random.Generator) -> None:
    why = "with the default values the rheobase is 15 mV / 10 MΩ = 1.5 nA"
    expect_close(answer(np.array([-2.0, 0.0, 1.0, 1.5])), np.zeros(4), why=why)
    expect_close(answer(1.2), 0.0, why=why)
    why = "1.50001 nA is above the rheobase of 1.5 nA: the climb takes long, but it arrives"
    expect_close(answer(1.50001), 1000 / (2 + 10 * math.log(150_001)), rtol=1e-5, why=why)
    _expect_rates(answer, float(rng.uniform(1.7, 2.6)), shares=(0.9999, 0.95, 1.2))


@exercise.check("any cell, against an integral done numerically", points=0.5)
def any_cell(answer: Answer, rng: np.random.Generator) -> None:
    _expect_rates(answer, float(rng.uniform(0.6, 1.3)), shares=(0.5, 1.01))
    for _ in range(3):
        cell = LeakyCell(
            tau=float(rng.uniform(5, 20)),
            v_rest=float(rng.uniform(-70, -60)),
            v_reset=float(rng.uniform(-80, -72)),
            v_threshold=float(rng.uniform(-55, -45)),
            resistance=float(rng.uniform(8, 20)),
            refractory=float(rng.uniform(1, 4)),
        )
        currents = cell.rheobase * np.array([0.3, 0.9999, 1.1, 1.4, 2.5])
        expected = np.array([_by_quadrature(float(i), cell) for i in currents])
        expect_close(answer(currents, **asdict(cell)), expected, rtol=1e-5)
    # Where the threshold is 0, nothing is rounded, however little the current.
    bare = {"v_rest": 0.0, "v_reset": -16.0, "v_threshold": 0.0, "resistance": 8.0}
    why = "this cell rests at its threshold: the rheobase is 0, and any current is above it"
    rate = 1000 / (2 + 10 * math.log(2e9 + 1))
    expect_close(answer(1e-9, **bare), rate, rtol=1e-5, why=why)


@exercise.check("whole numbers, no pause, and the ceiling", points=0.5)
def edges(answer: Answer, rng: np.random.Generator) -> None:
    currents = np.array([1, 2, 3, int(rng.integers(4, 3000))])
    expected = np.array([_by_quadrature(float(i), LeakyCell()) for i in currents])
    expect_close(answer(currents), expected, why="currents given as whole numbers are currents too")
    got = answer(3.0, refractory=0.0)
    expect_close(got, 100 / math.log(2), why="refractory = 0: only the climb counts")
    got = answer(np.array([1e6]))
    expect_shape(got, (1,))
    below = float(np.asarray(got)[0]) < 500.0
    expect_that(below, "With a pause of 2 ms, 500 Hz cannot be reached.", got=got)


def _of_a_cell(function):
    """Give a function of a current and a cell the arguments of the task."""

    def answer(
        current,
        tau=10.0,
        v_rest=-65.0,
        v_reset=-65.0,
        v_threshold=-50.0,
        resistance=10.0,
        refractory=2.0,
    ):
        cell = LeakyCell(tau, v_rest, v_reset, v_threshold, resistance, refractory)
        return function(current, cell)

    answer.__name__, answer.__doc__ = function.__name__, function.__doc__
    return answer


@exercise.wrong(caught_by=by_hand, hint=2)
@_of_a_cell
def pause_forgotten(current, cell):
    """Your rate knows only the climb. What else happens between two spikes?"""
    return replace(cell, refractory=0.0).rate(current)


@exercise.wrong(caught_by=by_hand, hint=2)
@_of_a_cell
def spikes_per_millisecond(current, cell):
    """Your numbers are a thousand times too small: T is in ms, and you counted spikes per ms."""
    return cell.rate(current) / 1000.0


@exercise.wrong(caught_by=by_hand, hint=2)
@_of_a_cell
def pause_taken_off_the_rate(current, cell):
    """You took the pause, in ms, off the rate, in Hz.

    A pause makes each interval between two spikes longer. In which quantity is it counted?
    """
    rate = replace(cell, refractory=0.0).rate(current)
    return np.where(rate > 0, rate - cell.refractory, 0.0)


@exercise.wrong(caught_by=silent, hint=2)
@_of_a_cell
def rheobase_written_out(current, cell):
    """Your function is silent up to 1.5 nA, whatever the cell.

    That is the rheobase of the default values; another threshold has another one.
    """
    target = cell.v_rest + cell.resistance * np.asarray(current, dtype=float)
    fires = np.asarray(current) > 1.5
    safe = np.where(fires, target, max(cell.v_threshold, cell.v_reset) + 1.0)
    with np.errstate(all="ignore"):
        climb = cell.tau * np.log((safe - cell.v_reset) / (safe - cell.v_threshold))
        return np.where(fires, 1000.0 / (cell.refractory + climb), 0.0)


def _all_written_out(current, cell):
    return LeakyCell().rate(current)


def _rise_written_out(current, cell):
    drive = cell.resistance * np.asarray(current, dtype=float)
    with np.errstate(all="ignore"):
        rates = 1000.0 / (cell.refractory + cell.tau * np.log(drive / (drive - 15.0)))
    return np.where(cell.v_rest + drive > cell.v_threshold, rates, 0.0)


@exercise.wrong(
    caught_by=silent,
    hint=2,
    variants=(_of_a_cell(_all_written_out), _of_a_cell(_rise_written_out)),
)
@_of_a_cell
def default_cell_written_out(current, cell):
    """Numbers in your formula are those of one cell: 15 mV, or 1.5 nA, hold for the default values.

    Which of the arguments are they made of?
    """
    return replace(cell, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0).rate(current)


@exercise.wrong(caught_by=silent, hint=2)
@_of_a_cell
def silent_above_the_rheobase(current, cell):
    """Your cell is still silent a little above the rheobase.

    The climb takes long there, but it arrives: any current above the rheobase will do.
    """
    target = cell.v_rest + cell.resistance * np.asarray(current, dtype=float)
    return np.where(target > cell.v_threshold + 1e-3, cell.rate(current), 0.0)


@exercise.wrong(caught_by=by_hand, hint=1)
@_of_a_cell
def leak_left_out(current, cell):
    """You let the voltage climb in a straight line.

    That is a cell without a leak, and it would fire at any current above 0.
    """
    drive = cell.resistance * np.asarray(current, dtype=float)
    safe = np.where(drive > 0, drive, 1.0)
    period = cell.refractory + cell.tau * (cell.v_threshold - cell.v_reset) / safe
    return np.where(drive > 0, 1000.0 / period, 0.0)


@exercise.wrong(caught_by=silent, hint=1)
@_of_a_cell
def rheobase_ignored(current, cell):
    """Above the rheobase all is right.

    Below it your function asks for the logarithm of a number that has none (nan), or gets a
    rate without sense.
    """
    target = cell.v_rest + cell.resistance * np.asarray(current, dtype=float)
    with np.errstate(all="ignore"):
        period = cell.refractory + cell.tau * np.log(
            (target - cell.v_reset) / (target - cell.v_threshold)
        )
        return 1000.0 / period


@exercise.wrong(caught_by=any_cell, hint=2)
@_of_a_cell
def climbs_from_rest(current, cell):
    """Your climb starts at v_rest.

    After a spike it starts somewhere else; by default the two are equal, which hides the
    difference.
    """
    return replace(cell, v_reset=cell.v_rest).rate(current)


@exercise.wrong(caught_by=by_hand, hint=2)
@_of_a_cell
def decimal_logarithm(current, cell):
    """You took the logarithm to base 10.

    The one in the formula undoes an exponential function: base e.
    """
    return replace(cell, tau=cell.tau / math.log(10)).rate(current)


@exercise.wrong(caught_by=by_hand, hint=1)
@_of_a_cell
def brackets_left_out(current, cell):
    """In `a - b / c - d` only b and c make a fraction: what stands above the line, what below?"""
    target = cell.v_rest + cell.resistance * np.asarray(current, dtype=float)
    fires = target > cell.v_threshold
    safe = np.where(fires, target, cell.v_threshold + 1.0)
    climb = cell.tau * np.log(np.abs(safe - cell.v_reset / safe - cell.v_threshold))
    return np.where(fires, 1000.0 / (cell.refractory + climb), 0.0)


@exercise.wrong(caught_by=by_hand, hint=2)
@_of_a_cell
def fraction_upside_down(current, cell):
    """Your fraction is upside down, or its logarithm has a minus sign too many.

    The logarithm of a fraction below 1 is negative: then the climb would take less than no time.
    """
    target = cell.v_rest + cell.resistance * np.asarray(current, dtype=float)
    fires = target > cell.v_threshold
    safe = np.where(fires, target, cell.v_threshold + 1.0)
    climb = cell.tau * np.log((safe - cell.v_threshold) / (safe - cell.v_reset))
    return np.where(fires, 1000.0 / (cell.refractory + climb), 0.0)


def _one_number_only(calls) -> bool:
    """Whether the function works for a single current and stops at every array, by `if` or math."""
    arrays = [call.error for call in calls if np.size(call.args[0]) > 1]
    said = ("truth value of an array", "scalar")
    return bool(arrays) and all(
        error and any(words in error.message for words in said) for error in arrays
    )


@exercise.wrong(caught_by=keeps_shape, hint=3, recognise=_one_number_only)
@_of_a_cell
def one_current_at_a_time(current, cell):
    """Your function is written for one current. `if` decides once, and `math.log` knows one number.

    With an array of currents each one needs a decision, and a logarithm, of its own.
    """
    target = cell.v_rest + cell.resistance * current
    if target <= cell.v_threshold:
        return 0.0
    climb = cell.tau * np.log((target - cell.v_reset) / (target - cell.v_threshold))
    return 1000.0 / (cell.refractory + climb)


@exercise.wrong(caught_by=edges, hint=3)
@_of_a_cell
def whole_numbers_stay_whole(current, cell):
    """For currents given as whole numbers your rates are whole numbers too.

    The array you write into cannot hold anything after the point.
    """
    rates = cell.rate(current)
    result = np.zeros_like(current)
    result[...] = rates
    return result


@exercise.wrong(caught_by=by_hand, hint=2)
@_of_a_cell
def time_between_spikes(current, cell):
    """You return T, the time from one spike to the next. How many of these fit into a second?"""
    rate = cell.rate(current)
    return np.where(rate > 0, 1000.0 / np.where(rate > 0, rate, 1.0), 0.0)


@exercise.wrong(caught_by=by_hand, hint=1)
@_of_a_cell
def tau_forgotten(current, cell):
    """τ plays no part in your climb. A cell with a larger τ should take longer."""
    return replace(cell, tau=1.0).rate(current)


@exercise.wrong(caught_by=by_hand, hint=1)
@_of_a_cell
def pause_times_tau(current, cell):
    """You multiplied the pause by τ as well. Only the logarithm is a number without a unit."""
    return replace(cell, refractory=cell.tau * cell.refractory).rate(current)


@exercise.wrong(caught_by=by_hand, hint=1)
@_of_a_cell
def pause_stretched_like_the_climb(current, cell):
    """You add the pause to τ, so the logarithm multiplies both. A pause lasts the same each time.

    Which of the two times in T depends on the current?
    """
    return replace(cell, tau=cell.tau + cell.refractory, refractory=0.0).rate(current)


@exercise.wrong(caught_by=by_hand, hint=1)
@_of_a_cell
def current_as_voltage(current, cell):
    """A current in nA meets a voltage in mV. Check the units: who turns one into the other?"""
    return replace(cell, resistance=1.0).rate(current)


def _loops_over_one_axis(calls) -> bool:
    """Whether the function stops at a single current, and at none of those that stand in a row."""
    failed = {(np.ndim(call.args[0]), call.error is not None) for call in calls}
    return (0, True) in failed and not failed & {(0, False), (1, True)}


@exercise.wrong(caught_by=keeps_shape, hint=3, recognise=_loops_over_one_axis)
@_of_a_cell
def one_row_of_currents(current, cell):
    """Your loop wants currents that stand in one row.

    A table gives it whole rows, and a single number nothing to go through.
    """
    return np.array([float(cell.rate(one)) for one in current])


@exercise.wrong(caught_by=by_hand, hint=2)
@_of_a_cell
def thousand_times_the_time(current, cell):
    """You multiply by T, so a cell that waits longer fires more.

    How many times does T fit into a second?
    """
    rate = cell.rate(current)
    return np.where(rate > 0, 1e6 / np.where(rate > 0, rate, 1.0), 0.0)


@exercise.wrong(caught_by=any_cell, hint=1)
@_of_a_cell
def threshold_above_the_reset(current, cell):
    """Whether your cell is silent depends on v_reset, which by default hides behind v_rest.

    A steady current has to hold the voltage up against the leak: where does the leak pull it?
    """
    rates = np.asarray(cell.rate(current), dtype=float)
    return np.where(
        cell.resistance * np.asarray(current) > cell.v_threshold - cell.v_reset, rates, 0.0
    )


@exercise.alternative
def one_at_a_time(
    current,
    tau=10.0,
    v_rest=-65.0,
    v_reset=-65.0,
    v_threshold=-50.0,
    resistance=10.0,
    refractory=2.0,
):
    if np.ndim(current) > 0:
        args = (tau, v_rest, v_reset, v_threshold, resistance, refractory)
        return np.array([one_at_a_time(i, *args) for i in current])
    drive = resistance * current
    gap = v_threshold - v_rest
    if drive <= gap:
        return 0
    climb = -tau * math.log((drive - gap) / (drive + v_rest - v_reset))
    return 1e3 / (climb + refractory)


@exercise.alternative
def with_where(
    current,
    tau=10.0,
    v_rest=-65.0,
    v_reset=-65.0,
    v_threshold=-50.0,
    resistance=10.0,
    refractory=2.0,
):
    distance = resistance * np.asarray(current, dtype=float) - (v_threshold - v_rest)
    fires = distance > 0
    safe = np.where(fires, distance, 1.0)
    climb = tau * np.log1p((v_threshold - v_reset) / safe)
    return np.where(fires, 1000 / (climb + refractory), 0)


@exercise.alternative
def with_warnings(
    current,
    tau=10.0,
    v_rest=-65.0,
    v_reset=-65.0,
    v_threshold=-50.0,
    resistance=10.0,
    refractory=2.0,
):
    target = v_rest + resistance * np.asarray(current)
    climb = tau * (np.log(target - v_reset) - np.log(target - v_threshold))
    return np.where(target > v_threshold, 1000 / (climb + refractory), 0)


@exercise.picture
def own_curve(answer: Answer):
    """The learner's f–I curve, with and without the pause."""
    from annkit import show

    # More of them at the foot, which is steeper than any line.
    currents = np.union1d(np.linspace(0.0, 8.0, 321), 1.5 + np.geomspace(1e-9, 0.02, 40))
    with_pause = np.asarray(answer(currents), dtype=float)
    without = np.asarray(answer(currents, refractory=0.0), dtype=float)
    return show.lines(
        currents,
        {"pause 2 ms": with_pause, "no pause": without},
        "input current (nA)",
        "firing rate (Hz)",
        title="Your f–I curve",
        caption=_told(currents, with_pause, without),
    )


def _told(currents, with_pause, without):
    """Say what these two curves show, right or wrong.

    Args:
        currents: nA, rising, (n,).
        with_pause: Hz, (n,).
        without: Hz, (n,).
    """
    if not (np.isfinite(with_pause).all() and np.isfinite(without).all()):
        return "Where a curve has a gap, your function returned no finite number."
    silent = currents[with_pause == 0]
    start = "Your cell is never silent" if silent.size == 0 else f"Nothing up to {silent[-1]:g} nA"
    if np.allclose(with_pause, without):
        return f"{start}; the two curves are one: your rates do not depend on the pause."
    far = f"at {currents[-1]:g} nA {with_pause[-1]:.3g} Hz with it, {without[-1]:.3g} Hz without"
    if with_pause[-1] > 0.9 * without[-1]:
        return f"{start}; the pause hardly changes the far end: {far}."
    return f"{start}; the pause bends the far end: {far}."
