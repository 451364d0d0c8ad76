"""One step of the leaky integrate-and-fire neuron: leak, drive, compare, reset."""

from itertools import combinations

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_equal, expect_that

exercise = Exercise(
    id="lif_step",
    title="One step of a leaky neuron",
    points=2,
    size="about 4 lines",
    leads_to="`simulate_lif` takes this step again and again.",
    task=r"""
Move the membrane voltage forward by one step of forward Euler on $\tau\,\frac{dv}{dt} = -(v -
v_\text{rest}) + R\,I$. Then look at the *new* voltage: if it is at or above the threshold, the
cell has fired and its voltage is `v_reset`.

**Example.** `v = -60`, `current = 1`, `dt = 0.5`: the slope is $(-(-60+65) + 10\cdot1)/10 = 0.5$
mV/ms, so `lif_step` returns `(-59.75, False)`.""",
    hints=(
        """
        Take the example and change one thing at a time on paper. What is the slope at `current =
        0`? Does the voltage then move towards rest or away from it?
        """,
        """
        Three moments, in this order: the slope at the *old* voltage, the *new* voltage from slope
        and step, the comparison of the *new* voltage with the threshold. "At the threshold" counts
        as fired.
        """,
        r"""
        A relative, worked: coffee cools by $\frac{dT}{dt} = -(T - 20)/30$ (°C, minutes). At 80 °C
        the slope is $-(80-20)/30 = -2$, so a step of 0.5 minutes ends at $80 + 0.5\cdot(-2) = 79$
        °C. If it is now at or below 79 °C, you drink it and pour the next cup, at 90 °C: `return
        90.0, True`.
        """,
        """
        The shape of one solution:

        ```python
        slope = ...     # mV per ms, from the old v
        v_new = ...
        if ...:
            return ..., True
        return ..., False
        ```
        """,
    ),
)


@exercise.reference
def lif_step(
    v,
    current,
    dt,
    tau=10.0,
    v_rest=-65.0,
    v_reset=-65.0,
    v_threshold=-50.0,
    resistance=10.0,
):
    """Move a leaky integrate-and-fire neuron forward by one Euler step.

    Args:
        v: membrane voltage before the step, mV, a number.
        current: input current during the step, nA, a number.
        dt: length of the step, ms.
        tau: membrane time constant, ms.
        v_rest: voltage at rest, without any input, mV.
        v_reset: voltage right after a spike, mV.
        v_threshold: the cell fires when the new voltage is at or above it, mV.
        resistance: membrane resistance, MΩ (MΩ times nA is mV).

    Returns:
        (v_new, spiked): the voltage after the step, mV (v_reset if the cell fired),
        and True if it fired, else False.
    """
    v_new = v + dt * (-(v - v_rest) + resistance * current) / tau
    if v_new >= v_threshold:
        return v_reset, True
    return v_new, False


@exercise.check("gives back a pair (v_new, spiked)")
def a_pair(answer: Answer, rng: np.random.Generator) -> None:
    got = answer(-65.0, 0.0, 0.5)
    expect_that(
        got is not None,
        "Nothing (None) came back for a step without a spike: does every way through your function "
        "end in a `return`?",
    )
    pair = isinstance(got, tuple | list) and len(got) == 2
    expect_that(pair, "The result must be a pair (v_new, spiked).", got=got)


@exercise.check("moves the voltage by slope times dt", points=1)
def moves(answer: Answer, rng: np.random.Generator) -> None:
    what = "v_new"
    got = answer(-65.0, 1.0, 0.5)
    expect_close(got[0], -64.5, what=what, why="at rest nothing leaks: 0.5·(10·1)/10 = 0.5 mV up")
    got = answer(-57.0, 0.0, 1.0)
    expect_close(got[0], -57.8, what=what, why="without input the leak pulls back towards −65 mV")
    for _ in range(3):
        v, rest, current = float(rng.uniform(-80, -60)), float(rng.uniform(-75, -60)), 0.3
        dt, tau = float(rng.uniform(0.1, 2)), float(rng.uniform(5, 20))
        got = answer(v, current, dt, tau=tau, v_rest=rest, v_reset=-90.0, resistance=7.0)
        share = dt / tau
        expect_close(got[0], v * (1 - share) + (rest + 7.0 * current) * share, what=what)
        expect_equal(got[1], False, what="spiked")


@exercise.check("fires at the threshold and above, and resets", points=0.5)
def fires(answer: Answer, rng: np.random.Generator) -> None:
    got = answer(-50.5, 3.0, 0.5, v_reset=-70.0)
    expect_equal(
        got[1], True, what="spiked", why="−50.5 + 0.5·15.5/10 = −49.725 mV is above −50 mV"
    )
    expect_close(got[0], -70.0, what="v_new", why="after a spike the voltage is v_reset")
    # Powers of two: exact in whatever order it is computed.
    got = answer(-52.0, 3.5, 1.0, tau=8.0, v_rest=-64.0, v_reset=-60.0, resistance=8.0)
    expect_equal(got[1], True, what="spiked", why="the new voltage is exactly −50 mV: that counts")
    expect_close(got[0], -60.0, what="v_new", why="after a spike the voltage is v_reset")
    got = answer(-50.2, 3.0, 0.5)
    expect_equal(got[1], True, what="spiked", why="the new voltage is −49.44 mV")
    expect_close(got[0], -65.0, what="v_new", why="by default v_reset is −65 mV")
    got = answer(-51.0, 2.0, 0.5)
    expect_equal(got[1], False, what="spiked", why="the new voltage is −50.7 mV, not yet −50 mV")
    expect_close(got[0], -50.7, what="v_new")
    why = "−51.5 + 0.1·16.5/10 = −51.335 mV, not yet −50 mV"
    got = answer(-51.5, 3.0, 0.1)
    expect_equal(got[1], False, what="spiked", why=why)
    expect_close(got[0], -51.335, what="v_new")
    got = answer(-49.0, 0.0, 2.0)
    expect_equal(got[1], False, what="spiked", why="the new voltage is −52.2 mV: that is compared")
    expect_close(got[0], -52.2, what="v_new")
    got = answer(-58.0, 0.0, 1.0, v_threshold=-59.0, v_reset=-66.0)
    expect_equal(got[1], True, what="spiked", why="the new voltage, −58.7 mV, is above −59 mV")
    expect_close(got[0], -66.0, what="v_new", why="after a spike the voltage is v_reset")
    v, v_reset = float(rng.uniform(-50.9, -50.1)), float(rng.uniform(-80, -70))
    got = answer(v, 4.0, 0.5, v_reset=v_reset)
    expect_equal(got[1], True, what="spiked", why="the step is about 1.3 mV long, beyond −50 mV")
    expect_close(got[0], v_reset, what="v_new", why="after a spike the voltage is v_reset")


@exercise.check("is exact about the threshold: a hair below, a hair above", points=0.5)
def a_hair_apart(answer: Answer, rng: np.random.Generator) -> None:
    for gap in (-0.3, -1e-4, 1e-4):
        # Numbers so short that the card shows every digit of them.
        v, current = round(float(rng.uniform(-52, -48)), 1), round(float(rng.uniform(3.5, 5)), 1)
        dt, tau = 0.1, float(rng.choice([8.0, 10.0, 12.5]))
        end = v * (1 - dt / tau) + (-65.0 + 10.0 * current) * dt / tau
        threshold = round(end - gap, 5)
        got = answer(v, current, dt, tau=tau, v_reset=-71.0, v_threshold=threshold)
        side = "above" if gap > 0 else "below"
        why = f"the new voltage lies {abs(gap):g} mV {side} the threshold, {threshold} mV"
        expect_equal(got[1], gap > 0, what="spiked", why=why)
        expect_close(got[0], -71.0 if gap > 0 else end, what="v_new", why=why)
    # Powers of two: exactly 0 in whatever order it is computed.
    cell = {"tau": 8.0, "v_rest": -14.0, "v_reset": -10.0, "resistance": 8.0}
    got = answer(-2.0, 3.5, 1.0, v_threshold=1e-10, **cell)
    why = "the new voltage is exactly 0, below the threshold, 1e-10 mV"
    expect_equal(got[1], False, what="spiked", why=why)


@exercise.wrong(caught_by=a_pair, hint=4)
def nothing_without_a_spike(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    """Only a step with a spike hands something back. What is asked for after any other step?"""
    v_new = v + dt * (-(v - v_rest) + resistance * current) / tau
    return (v_reset, True) if v_new >= v_threshold else None


@exercise.wrong(caught_by=moves, hint=4)
def pair_swapped(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    """The two things you return have changed places: the voltage comes first."""
    v_new = v + dt * (-(v - v_rest) + resistance * current) / tau
    return (True, v_reset) if v_new >= v_threshold else (False, v_new)


@exercise.wrong(caught_by=moves, hint=1)
def leak_runs_uphill(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    """Away from rest, your voltage runs further away instead of coming back.

    Look at the sign of the leak.
    """
    v_new = v + dt * ((v - v_rest) + resistance * current) / tau
    return (v_reset, True) if v_new >= v_threshold else (v_new, False)


@exercise.wrong(caught_by=moves, hint=1)
def no_leak(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    """Your membrane does not leak: without input the voltage stands still.

    What pulls it back to rest in the equation?
    """
    v_new = v + dt * resistance * current / tau
    return (v_reset, True) if v_new >= v_threshold else (v_new, False)


@exercise.wrong(caught_by=moves, hint=1)
def leak_towards_zero(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    """Your voltage leaks towards 0 mV. The leak depends on the distance from v_rest."""
    v_new = v + dt * (-v + resistance * current) / tau
    return (v_reset, True) if v_new >= v_threshold else (v_new, False)


@exercise.wrong(caught_by=moves, hint=3)
def dt_forgotten(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    """You added the slope itself, in mV per ms.

    How far one gets depends on how long the step lasts.
    """
    v_new = v + (-(v - v_rest) + resistance * current) / tau
    return (v_reset, True) if v_new >= v_threshold else (v_new, False)


@exercise.wrong(caught_by=moves, hint=3)
def tau_forgotten(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    """The equation gives τ times the slope. One of the two sides still has to be divided."""
    v_new = v + dt * (-(v - v_rest) + resistance * current)
    return (v_reset, True) if v_new >= v_threshold else (v_new, False)


@exercise.wrong(caught_by=moves, hint=1)
def current_as_voltage(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    """You added nA to mV. Check the units of each term: who turns a current into a voltage?"""
    v_new = v + dt * (-(v - v_rest) + current) / tau
    return (v_reset, True) if v_new >= v_threshold else (v_new, False)


@exercise.wrong(caught_by=moves, hint=3)
def exact_not_euler(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    """You solved the equation exactly over the step.

    A fine method, but the task asks for forward Euler: a straight line along the slope at the
    start.
    """
    target = v_rest + resistance * current
    v_new = target + (v - target) * float(np.exp(-dt / tau))
    return (v_reset, True) if v_new >= v_threshold else (v_new, False)


@exercise.wrong(caught_by=fires, hint=2)
def strictly_above(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    """All is well until the voltage lands exactly on the threshold.

    Read once more what should happen then.
    """
    v_new = v + dt * (-(v - v_rest) + resistance * current) / tau
    return (v_reset, True) if v_new > v_threshold else (v_new, False)


@exercise.wrong(caught_by=fires, hint=2)
def whole_slope_compared(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    """What you compare with the threshold is not the new voltage: there `dt` is missing.

    A short step covers only a part of the slope, and the cell may not be there yet.
    """
    slope = (-(v - v_rest) + resistance * current) / tau
    return (v_reset, True) if v + slope >= v_threshold else (v + dt * slope, False)


@exercise.wrong(caught_by=fires, hint=2)
def target_compared(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    """Your cell fires because the current *would* carry it over the threshold some day.

    It fires when it is there: compare where this step ends, not where the voltage is heading.
    """
    target = v_rest + resistance * current
    if target >= v_threshold:
        return v_reset, True
    return v + dt * (target - v) / tau, False


def _weighted_step(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    """The right step, as a mean of the voltage and where it is drawn to."""
    share = dt / tau
    v_new = v * (1 - share) + (v_rest + resistance * current) * share
    # Rounded otherwise than the learner's, it may be a hair below a threshold that is met exactly.
    spiked = bool(v_new >= v_threshold - 1e-12)
    return (v_reset if spiked else v_new), spiked


def _fires_too_early(calls) -> bool:
    """Whether all is right but for spikes where the new voltage is still below the threshold."""
    early = 0
    for call in calls:
        wanted = _weighted_step(*call.args, **call.kwargs)
        got = call.value
        if not (isinstance(got, tuple | list) and len(got) == 2):
            return False
        if bool(got[1]) == wanted[1] and np.isclose(got[0], wanted[0]):
            continue
        reset = call.kwargs.get("v_reset", -65.0)
        short = call.kwargs.get("v_threshold", -50.0) - wanted[0]
        if not (got[1] and np.isclose(got[0], reset) and 0 < short <= 0.5):
            return False
        early += 1
    return early > 0


@exercise.wrong(caught_by=a_hair_apart, hint=2, recognise=_fires_too_early)
def nearly_there(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    """Your cell fires a little before it reaches the threshold. Close to it is not at it."""
    v_new = v + dt * (-(v - v_rest) + resistance * current) / tau
    return (v_reset, True) if v_new >= v_threshold - 0.5 else (v_new, False)


@exercise.wrong(caught_by=fires, hint=2)
def exactly_at(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    """Your cell fires only when it hits the threshold to the last digit.

    Almost always, a step jumps over it.
    """
    v_new = v + dt * (-(v - v_rest) + resistance * current) / tau
    return (v_reset, True) if v_new == v_threshold else (v_new, False)


@exercise.wrong(caught_by=fires, hint=2)
def old_voltage_compared(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    """You compared the voltage from before the step with the threshold.

    The cell notices a step late.
    """
    if v >= v_threshold:
        return v_reset, True
    return v + dt * (-(v - v_rest) + resistance * current) / tau, False


@exercise.wrong(caught_by=moves, hint=3)
def brackets_left_out(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    """`dt` reaches only the leak, and `tau` only the current: both belong to the whole slope."""
    v_new = v + dt * -(v - v_rest) + resistance * current / tau
    return (v_reset, True) if v_new >= v_threshold else (v_new, False)


@exercise.wrong(caught_by=fires, hint=2)
def compared_after_the_reset(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    """You compare once more after the reset, when the voltage is low again.

    The answer of the first comparison is the one to hand back.
    """
    v_new = v + dt * (-(v - v_rest) + resistance * current) / tau
    return (v_reset, bool(v_reset >= v_threshold)) if v_new >= v_threshold else (v_new, False)


@exercise.wrong(caught_by=fires, hint=4)
def no_reset(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    """Your cell reports its spike, but its voltage stays where it is.

    Above the threshold it would fire at every step from now on.
    """
    v_new = v + dt * (-(v - v_rest) + resistance * current) / tau
    return v_new, bool(v_new >= v_threshold)


@exercise.wrong(caught_by=fires, hint=4)
def reset_to_rest(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    """After the spike your cell goes to v_rest.

    The two happen to be equal by default, but they are two numbers.
    """
    v_new = v + dt * (-(v - v_rest) + resistance * current) / tau
    return (v_rest, True) if v_new >= v_threshold else (v_new, False)


DEFAULTS = {
    "tau": 10.0,
    "v_rest": -65.0,
    "v_reset": -65.0,
    "v_threshold": -50.0,
    "resistance": 10.0,
}


def _deaf_to(names):
    """A step that uses the default values of these arguments, whatever is passed."""

    def step(v, current, dt, **cell):
        cell = DEFAULTS | {name: cell[name] for name in cell.keys() - names}
        slope = (cell["v_rest"] - v + cell["resistance"] * current) / cell["tau"]
        spiked = v + dt * slope >= cell["v_threshold"]
        return (cell["v_reset"] if spiked else v + dt * slope), spiked

    return step


_DEAF = tuple(_deaf_to({*names}) for n in range(1, 6) for names in combinations(DEFAULTS, n))


@exercise.wrong(caught_by=moves, hint=2, variants=_DEAF)
def numbers_instead_of_arguments(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    """Right for the default values, but a number stands where an argument belongs.

    Another cell may rest at −70 mV. Which of the names in the first line does your code not use?
    """
    v_new = v + dt * (-(v + 65) + resistance * current) / tau
    return (v_reset, True) if v_new >= v_threshold else (v_new, False)


def _tau_under_the_leak(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    v_new = v + dt * (-(v - v_rest) / tau + resistance * current)
    return (v_reset, True) if v_new >= v_threshold else (v_new, False)


@exercise.wrong(caught_by=moves, hint=3, variants=(_tau_under_the_leak,))
def tau_under_one_term(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    """τ divides only one of your two terms. Both belong to τ times the slope."""
    v_new = v + dt * (-(v - v_rest) + resistance * current / tau)
    return (v_reset, True) if v_new >= v_threshold else (v_new, False)


@exercise.wrong(caught_by=moves, hint=1)
def current_pulls_down(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    """Your current pulls the voltage down. How far does the minus sign of the equation reach?"""
    v_new = v - dt * (v - v_rest + resistance * current) / tau
    return (v_reset, True) if v_new >= v_threshold else (v_new, False)


@exercise.wrong(caught_by=moves, hint=1)
def current_over_resistance(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    """You divided the current by the resistance. What turns nA into mV is a product, R·I."""
    v_new = v + dt * (-(v - v_rest) + current / resistance) / tau
    return (v_reset, True) if v_new >= v_threshold else (v_new, False)


def _only_the_change(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    change = dt * (-(v - v_rest) + resistance * current) / tau
    return (v_reset, True) if change >= v_threshold else (change, False)


@exercise.wrong(caught_by=moves, hint=1, variants=(_only_the_change,))
def change_returned(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    """You hand back how far the voltage moves in the step. Where does it stand afterwards?"""
    change = dt * (-(v - v_rest) + resistance * current) / tau
    return (v_reset, True) if v + change >= v_threshold else (change, False)


@exercise.wrong(caught_by=moves, hint=1)
def leak_towards_reset(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    """Your voltage leaks towards v_reset. Without input a cell comes back to where it rests."""
    v_new = v + dt * (-(v - v_reset) + resistance * current) / tau
    return (v_reset, True) if v_new >= v_threshold else (v_new, False)


@exercise.wrong(caught_by=moves, hint=2)
def fires_below(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    """Your cell fires *below* the threshold: the comparison points the other way."""
    v_new = v + dt * (-(v - v_rest) + resistance * current) / tau
    return (v_reset, True) if v_new <= v_threshold else (v_new, False)


@exercise.wrong(caught_by=moves, hint=2)
def old_voltage_returned(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    """Without a spike you hand back the voltage from before the step. Where has it moved to?"""
    v_new = v + dt * (-(v - v_rest) + resistance * current) / tau
    return (v_reset, True) if v_new >= v_threshold else (v, False)


def _stays(over):
    """A cell that is left at the threshold by a spike; `over` asks whether it has fired."""

    def step(
        v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
    ):
        v_new = v + dt * (-(v - v_rest) + resistance * current) / tau
        return (v_threshold, True) if over(v_new, v_threshold) else (v_new, False)

    return step


@exercise.wrong(caught_by=fires, hint=2, variants=(_stays(np.greater),))
def left_at_the_threshold(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    """After a spike your voltage sits at v_threshold. What does the task say where it goes?"""
    return _stays(np.greater_equal)(v, current, dt, tau, v_rest, v_reset, v_threshold, resistance)


@exercise.alternative
def weighted_average(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    share = dt / tau
    target = v_rest + resistance * current
    v_new = (1 - share) * v + share * target
    spiked = v_new >= v_threshold
    return (v_reset if spiked else v_new), spiked


@exercise.alternative
def through_the_capacitor(
    v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0
):
    capacitance = tau / resistance
    leak = (v_rest - v) / resistance
    v = v + (leak + current) / capacitance * dt
    spiked = np.greater_equal(v, v_threshold)
    return float(np.where(spiked, v_reset, v)), bool(spiked)
