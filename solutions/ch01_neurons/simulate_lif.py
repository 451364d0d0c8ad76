"""A whole voltage trace: many steps in a row, with a pause after every spike."""

import numpy as np

from annkit.exercises import (
    Answer,
    Exercise,
    expect_close,
    expect_that,
    raises,
)

exercise = Exercise(
    id="simulate_lif",
    title="A voltage trace",
    points=3,
    size="12 to 15 lines",
    task="""
Start at rest and take one step (as in `lif_step`, which you may call) for each entry of
`currents`. `voltages[i]` is the voltage *after* the step with `currents[i]`. If the cell fires in
step `i`, note the time `i * dt`, the start of that step; `voltages[i]` is the voltage of the reset,
and so are the next `round(refractory / dt)` entries: during this pause the voltage is held where it
is, and neither input nor leak moves it.

Numbers of the cell that are passed by name arrive in a dict called `cell`, often empty:
`simulate_lif(currents, 0.1, tau=5.0)` makes it `{"tau": 5.0}`, and `lif_step(v, 2.0, 0.1, **cell)`
then means `lif_step(v, 2.0, 0.1, tau=5.0)`. What is not in it has the default value of `lif_step`.
To look one up: `cell.get("v_rest", -65.0)` is the entry if there is one, else −65.

**Example.** `currents = [1, 40, 40, 40]`, `dt = 1`, `refractory = 1`, `v_reset = -70`: from −65 mV
the first step leads to −64; the second would end at −24.1, so the cell fires at time 1; one entry
of pause; then it fires again, at time 3. Result: voltages `[-64, -70, -70, -70]`, spike times
`[1, 3]`.""",
    hints=(
        """
        Write a table for the example with one line per step: current, voltage after the step, steps
        of pause still to come. What decides whether a step is taken at all?
        """,
        """
        The loop has to carry two things from one turn to the next: the voltage, and how many turns
        of pause are left. A pause is given in ms, your loop counts steps. And the dict `cell` is
        for every step: pass it on. The first voltage comes from it too, if it is there.
        """,
        """
        A relative, worked: a tap that closes for 2 turns each time the jug is full. Level 0, +4 a
        turn, full at 8: turn 0 → 4, turn 1 → 8, full: note "1", empty to 0, `pause = 2`; turns 2
        and 3 → 0 (pause 2, 1), turn 4 → 4, turn 5 → 0 again, note "5". From one note to the next:
        two turns of pause and two turns of filling.
        """,
        """
        The shape of one solution:

        ```python
        v = ...
        pause = 0
        voltages, spike_times = [], []
        for i, current in enumerate(currents):
            if pause > 0:
                ...
            else:
                v, spiked = ...
                if spiked:
                    ...
            voltages.append(v)
        return np.array(voltages), np.array(spike_times)
        ```
        """,
    ),
)


@exercise.reference
def simulate_lif(currents, dt, refractory=2.0, **cell):
    """Simulate a leaky integrate-and-fire neuron, one Euler step per entry of currents.

    Args:
        currents: input current during each step, nA, an array (steps,).
        dt: length of a step, ms.
        refractory: pause after a spike, ms; a whole number of steps, may be 0.
        **cell: any of tau, v_rest, v_reset, v_threshold, resistance, with the
            units and default values of lif_step.

    Returns:
        (voltages, spike_times): the voltage after each step, mV, (steps,), and
        the times of the spikes, ms, (spikes,); a time is that of the start of its step.
    """
    cell = {
        "tau": 10.0,
        "v_rest": -65.0,
        "v_reset": -65.0,
        "v_threshold": -50.0,
        "resistance": 10.0,
        **cell,
    }
    v, pause = cell["v_rest"], 0
    voltages, spike_times = [], []
    for i, current in enumerate(currents):
        if pause > 0:
            pause -= 1
        else:
            v = v + dt * (cell["v_rest"] - v + cell["resistance"] * current) / cell["tau"]
            if v >= cell["v_threshold"]:
                v = cell["v_reset"]
                pause = round(refractory / dt)
                spike_times.append(i * dt)
        voltages.append(v)
    return np.array(voltages), np.array(spike_times)


def _expected(currents, dt, pause, tau, v_rest, v_reset, v_threshold, resistance):
    """The same trace without a time loop: each stretch between spikes in closed form.

    From a start at index s the voltage after k steps is v_rest plus what is left of the
    start plus a sum of the currents, each faded by q = 1 − dt/tau once per step since.
    """
    q = 1 - dt / tau
    voltages, spikes, start, v_start = np.full(len(currents), v_reset), [], 0, v_rest
    while start < len(currents):
        rest_of = np.asarray(currents[start:], dtype=float)
        k = np.arange(len(rest_of))
        faded = np.tril(q ** np.clip(k[:, None] - k[None, :], 0, None))
        v = v_rest + (v_start - v_rest) * q ** (k + 1) + (1 - q) * resistance * (faded @ rest_of)
        above = np.flatnonzero(v >= v_threshold)
        n = int(above[0]) if len(above) else len(v)
        voltages[start : start + n] = v[:n]
        if n < len(v):
            spikes.append((start + n) * dt)
        start, v_start = start + n + 1 + pause, v_reset
    return voltages, np.array(spikes)


def _compare(got, expected, why: str = "") -> None:
    pair = isinstance(got, tuple | list) and len(got) == 2
    expect_that(pair, "The result must be a pair (voltages, spike_times).", got=got)
    expect_close(got[0], expected[0], what="voltages", why=why)
    expect_close(got[1], expected[1], what="spike_times", why=why)


CELL = {
    "tau": 10.0,
    "v_rest": -65.0,
    "v_reset": -65.0,
    "v_threshold": -50.0,
    "resistance": 10.0,
}
DEFAULTS = tuple(CELL.values())


@exercise.check("charges towards its target, without a spike", points=0.5)
def charges(answer: Answer, rng: np.random.Generator) -> None:
    got = answer(np.array([1.0, 1.0, 0.0]), 1.0)
    _compare(got, (np.array([-64.0, -63.1, -63.29]), np.array([])), "three steps by hand")
    currents = np.full(60, 1.2)
    why = "1.2 nA lifts the voltage by at most 12 mV, the threshold is 15 mV away"
    _compare(answer(currents, 0.5), _expected(currents, 0.5, 4, *DEFAULTS), why)
    currents = rng.uniform(-1.0, 1.4, size=30)
    why = "no current reaches the rheobase, 1.5 nA"
    _compare(answer(currents, 0.5), _expected(currents, 0.5, 4, *DEFAULTS), why)


@exercise.check("fires, notes the time and pauses", points=1)
def fires(answer: Answer, rng: np.random.Generator) -> None:
    why = "−65, then one step of 20 mV would reach −45: a spike in step 0; the pause is 2 steps"
    got = answer(np.full(7, 20.0), 1.0)
    _compare(got, (np.full(7, -65.0), np.array([0.0, 3.0, 6.0])), why)
    for current in (2.0, float(rng.uniform(2.0, 4.0))):
        currents = np.full(400, current)
        _compare(answer(currents, 0.25), _expected(currents, 0.25, 8, *DEFAULTS))


@exercise.check("any cell, any pause, changing currents", points=1)
def any_cell(answer: Answer, rng: np.random.Generator) -> None:
    for dt, pause in ((0.5, 3), (0.25, 12), (2.0, 1)):
        currents = rng.uniform(-1.0, 6.0, size=120)
        tau, resistance = float(rng.uniform(5, 15)), float(rng.uniform(7, 12))
        cell = {
            "tau": tau,
            "v_rest": -68.0,
            "v_reset": -73.0,
            "v_threshold": -52.0,
            "resistance": resistance,
        }
        got = answer(currents, dt, refractory=pause * dt, **cell)
        expected = _expected(currents, dt, pause, tau, -68.0, -73.0, -52.0, resistance)
        _compare(got, expected)


@exercise.check("no pause, an awkward pause, no current at all", points=0.5)
def edges(answer: Answer, rng: np.random.Generator) -> None:
    for current in (3.0, float(rng.uniform(2.0, 4.0))):
        currents = np.full(80, current)
        got = answer(currents, 0.5, refractory=0.0)
        _compare(got, _expected(currents, 0.5, 0, *DEFAULTS), "refractory = 0: no pause at all")
    currents = np.full(300, 4.0)
    for refractory, pause, why in (
        (0.3, 3, "0.3 ms are 3 steps of 0.1 ms, although 0.3 / 0.1 is 2.9999999999999996"),
        (0.4, 4, "0.4 ms are 4 steps of 0.1 ms, although 0.4 less four times 0.1 leaves a crumb"),
        (3 * 0.1, 3, "three steps of 0.1 ms, although 3 * 0.1 is 0.30000000000000004"),
    ):
        got = answer(currents, 0.1, refractory=refractory)
        _compare(got, _expected(currents, 0.1, pause, *DEFAULTS), why)
    # Powers of two: exact in whatever order it is computed.
    cell = {"tau": 8.0, "v_rest": -64.0, "v_reset": -64.0, "resistance": 8.0}
    got = answer(np.full(4, 14.0), 1.0, **cell)
    why = "the first step ends at exactly −50 mV, at the threshold: a spike"
    _compare(got, (np.full(4, -64.0), np.array([0.0, 3.0])), why)
    silent = answer(np.zeros(5), 1.0, v_rest=-70.0)
    _compare(silent, (np.full(5, -70.0), np.array([])), "without input the cell stays at rest")


def _run(
    currents,
    dt,
    pause,
    cell,
    *,
    start=None,
    during_pause="v_reset",
    shift=0.0,
    above=0.0,
    turn=1.0,
    looks_ahead=False,
):
    """The step loop that most of the wrong answers below share."""
    cell = {**CELL, **cell}
    v = cell.get(start, start) if start is not None else cell["v_rest"]
    left, voltages, spike_times = 0, [], []
    for i, current in enumerate(currents):
        if left > 0:
            left -= turn
            if during_pause in ("leak", "steps", "free"):
                heard = 0.0 if during_pause == "leak" else current
                v = v + dt * (cell["v_rest"] - v + cell["resistance"] * heard) / cell["tau"]
                if during_pause == "steps" and v >= cell["v_threshold"]:
                    v = cell["v_reset"]
            else:
                v = cell[during_pause]
        else:
            slope = (cell["v_rest"] - v + cell["resistance"] * current) / cell["tau"]
            compared, v = v + (1.0 if looks_ahead else dt) * slope, v + dt * slope
            if compared >= cell["v_threshold"] + above:
                v, left = cell["v_reset"], pause
                spike_times.append((i + shift) * dt)
        voltages.append(v)
    return np.array(voltages), np.array(spike_times)


@exercise.wrong(caught_by=fires, hint=1)
def no_pause(currents, dt, refractory=2.0, **cell):
    """Your cell starts to charge again right after a spike: the refractory period has no effect."""
    return _run(currents, dt, 0, cell)


def _pause_as_given_rounded(currents, dt, refractory=2.0, **cell):
    return _run(currents, dt, round(refractory), cell)


@exercise.wrong(caught_by=fires, hint=2, variants=(_pause_as_given_rounded,))
def pause_counted_in_ms(currents, dt, refractory=2.0, **cell):
    """Your pause lasts `refractory` turns of the loop. That is right only if a turn lasts 1 ms."""
    return _run(currents, dt, refractory, cell)


@exercise.wrong(caught_by=edges, hint=2)
def pause_not_rounded(currents, dt, refractory=2.0, **cell):
    """Your number of turns has digits after the point, or was rounded up: a crumb costs a turn.

    What does Python say for 3 * 0.1 / 0.1? The task says how to get a whole number.
    """
    return _run(currents, dt, refractory / dt, cell)


@exercise.wrong(caught_by=edges, hint=2)
def pause_counted_down_in_ms(currents, dt, refractory=2.0, **cell):
    """You take dt off the pause until nothing is left, and with floats a crumb may be.

    In whole steps nothing can be lost: the task says how many there are.
    """
    return _run(currents, dt, refractory, cell, turn=dt)


@exercise.wrong(caught_by=fires, hint=1)
def pause_not_recorded(currents, dt, refractory=2.0, **cell):
    """Your trace is shorter than the currents: the turns of the pause leave no entry in it."""
    pause = round(refractory / dt)
    voltages, times = _run(currents, dt, pause, cell)
    silent = [round(time / dt) + k for time in times for k in range(1, pause + 1)]
    return np.delete(voltages, [i for i in silent if i < len(voltages)]), times


@exercise.wrong(caught_by=fires, hint=1)
def spike_not_recorded(currents, dt, refractory=2.0, **cell):
    """Your trace is shorter than the currents: a turn in which the cell fires leaves no entry.

    Does such a turn come to the `append` of the voltage?
    """
    voltages, times = _run(currents, dt, round(refractory / dt), cell)
    return np.delete(voltages, [round(time / dt) for time in times]), times


@exercise.wrong(caught_by=fires, hint=3)
def pause_one_short(currents, dt, refractory=2.0, **cell):
    """Your pause is one step short.

    The step with the spike is not part of the pause, it comes before it.
    """
    return _run(currents, dt, round(refractory / dt) - 1, cell)


@exercise.wrong(caught_by=fires, hint=3)
def pause_one_long(currents, dt, refractory=2.0, **cell):
    """Your pause is one step too long.

    Count in the example: how many entries lie between two spikes?
    """
    return _run(currents, dt, round(refractory / dt) + 1, cell)


@exercise.wrong(caught_by=edges, hint=2)
def pause_cut_off(currents, dt, refractory=2.0, **cell):
    """You cut the digits off instead of rounding. What does Python say for 0.3 / 0.1?"""
    return _run(currents, dt, int(refractory / dt), cell)


@exercise.wrong(caught_by=edges, hint=2)
def fires_only_above(currents, dt, refractory=2.0, **cell):
    """Your cell does not fire when its voltage lands exactly on the threshold."""
    return _run(currents, dt, round(refractory / dt), cell, above=1e-9)


@exercise.wrong(caught_by=fires, hint=1)
def time_at_the_end(currents, dt, refractory=2.0, **cell):
    """Your spike times are those of the end of the step. They are one step late."""
    return _run(currents, dt, round(refractory / dt), cell, shift=1.0)


@exercise.wrong(caught_by=fires, hint=1)
def steps_instead_of_ms(currents, dt, refractory=2.0, **cell):
    """You noted the numbers of the steps; the times in ms are asked for."""
    voltages, times = _run(currents, dt, round(refractory / dt), cell)
    return voltages, np.rint(times / dt)


@exercise.wrong(caught_by=fires, hint=1)
def whole_slope_compared(currents, dt, refractory=2.0, **cell):
    """Your cell fires too early: what is compared with the threshold is not where the step ends.

    If your `lif_step` does the comparing, look there: is `dt` part of it?
    """
    return _run(currents, dt, round(refractory / dt), cell, looks_ahead=True)


@exercise.wrong(caught_by=any_cell, hint=2)
def starts_at_reset(currents, dt, refractory=2.0, **cell):
    """Your trace begins at v_reset. A cell that was left alone so far sits at v_rest."""
    return _run(currents, dt, round(refractory / dt), cell, start="v_reset")


@exercise.wrong(caught_by=any_cell, hint=2)
def starts_at_minus_65(currents, dt, refractory=2.0, **cell):
    """Your trace begins at −65 mV whatever the cell. Another cell may rest elsewhere."""
    return _run(currents, dt, round(refractory / dt), cell, start=-65.0)


@exercise.wrong(caught_by=any_cell, hint=2)
def pause_at_rest(currents, dt, refractory=2.0, **cell):
    """During the pause your voltage sits at v_rest; it should be held where the reset put it."""
    return _run(currents, dt, round(refractory / dt), cell, during_pause="v_rest")


@exercise.wrong(caught_by=any_cell, hint=2)
def leak_goes_on(currents, dt, refractory=2.0, **cell):
    """During the pause you take steps without input, so the voltage leaks back towards v_rest.

    By default reset and rest are equal, which hides it; here a paused cell takes no step at all.
    """
    return _run(currents, dt, round(refractory / dt), cell, during_pause="leak")


def _free_in_the_pause(currents, dt, refractory=2.0, **cell):
    return _run(currents, dt, round(refractory / dt), cell, during_pause="free")


@exercise.wrong(caught_by=fires, hint=1, variants=(_free_in_the_pause,))
def charges_in_the_pause(currents, dt, refractory=2.0, **cell):
    """During the pause your cell goes on charging and only its spikes are held back.

    A paused cell takes no step at all: its voltage stays where the reset put it.
    """
    return _run(currents, dt, round(refractory / dt), cell, during_pause="steps")


@exercise.wrong(caught_by=charges, hint=2, recognise=raises("and 'dict'"))
def cell_handed_over_whole(currents, dt, refractory=2.0, **cell):
    """The dict `cell` was handed over whole and landed in the place of `tau`, a number.

    Two stars in front of it in the call turn its entries into named arguments.
    """
    return _run(currents, dt, round(refractory / dt), {"tau": cell})


_NUMBERS = ("tau", "v_rest", "v_reset", "v_threshold", "resistance")


@exercise.wrong(
    caught_by=charges, hint=2, recognise=raises(*(f"name '{name}' is not" for name in _NUMBERS))
)
def numbers_taken_for_names(currents, dt, refractory=2.0, **cell):
    """The numbers of the cell are entries of a dict here, not names that your function knows.

    Some may be missing from it: how does the task look one up?
    """
    raise NameError("name 'v_rest' is not defined")


def _only_the_start(currents, dt, refractory=2.0, **cell):
    start = cell.get("v_rest", -65.0)
    return _run(currents, dt, round(refractory / dt), {}, start=start)


@exercise.wrong(caught_by=any_cell, hint=2, variants=(_only_the_start,))
def cell_ignored(currents, dt, refractory=2.0, **cell):
    """Your steps always use the default values: what was passed in `**cell` never reaches them."""
    return _run(currents, dt, round(refractory / dt), {})


@exercise.wrong(caught_by=charges, hint=1, where=lambda call: len(call.args[0]) == 3)
def recorded_before_the_step(currents, dt, refractory=2.0, **cell):
    """Your trace is one step behind: voltages[i] is the voltage after the step with currents[i]."""
    voltages, times = _run(currents, dt, round(refractory / dt), cell)
    return np.concatenate([[cell.get("v_rest", -65.0)], voltages[:-1]]), times


@exercise.wrong(caught_by=charges, hint=1)
def one_entry_too_many(currents, dt, refractory=2.0, **cell):
    """Your trace has one entry more than there are currents.

    The voltage at the start does not belong to it.
    """
    voltages, times = _run(currents, dt, round(refractory / dt), cell)
    return np.concatenate([[cell.get("v_rest", -65.0)], voltages]), times


@exercise.wrong(caught_by=charges, hint=2)
def starts_at_zero(currents, dt, refractory=2.0, **cell):
    """Your trace begins at 0 mV, far above the threshold.

    Where does a cell sit that was left alone so far?
    """
    return _run(currents, dt, round(refractory / dt), cell, start=0.0)


@exercise.wrong(caught_by=charges, hint=1)
def flags_instead_of_times(currents, dt, refractory=2.0, **cell):
    """You return one yes or no for each step. Asked for are the times of those steps that fired."""
    voltages, times = _run(currents, dt, round(refractory / dt), cell)
    return voltages, np.isin(np.arange(len(currents)), np.rint(times / dt))


@exercise.wrong(caught_by=charges, hint=2)
def every_step_from_rest(currents, dt, refractory=2.0, **cell):
    """Each of your steps begins at v_rest again. Where did the step before it end?"""
    cell = {**CELL, **cell}
    left, voltages, spike_times = 0, [], []
    for i, current in enumerate(currents):
        v = cell["v_reset"]
        if left > 0:
            left -= 1
        else:
            v = cell["v_rest"] + dt * cell["resistance"] * current / cell["tau"]
            if v >= cell["v_threshold"]:
                v, left = cell["v_reset"], round(refractory / dt)
                spike_times.append(i * dt)
        voltages.append(v)
    return np.array(voltages), np.array(spike_times)


@exercise.wrong(caught_by=charges, hint=4)
def return_in_the_loop(currents, dt, refractory=2.0, **cell):
    """Your trace ends after one step.

    `return` ends a function at once: how often does your loop get to run?
    """
    return _run(currents[:1], dt, round(refractory / dt), cell)


@exercise.wrong(caught_by=charges, hint=1)
def spikes_counted(currents, dt, refractory=2.0, **cell):
    """You return how many spikes there were. Asked for is when each of them came."""
    voltages, times = _run(currents, dt, round(refractory / dt), cell)
    return voltages, len(times)


@exercise.alternative
def with_a_free_from_index(currents, dt, refractory=2.0, **cell):
    tau, resistance = cell.get("tau", 10.0), cell.get("resistance", 10.0)
    v_rest, v_reset = cell.get("v_rest", -65.0), cell.get("v_reset", -65.0)
    threshold = cell.get("v_threshold", -50.0)
    voltages = np.full(len(currents), float(v_reset))
    spikes, free_from, v = [], 0, v_rest
    for i in range(len(currents)):
        if i < free_from:
            continue
        v += (v_rest + resistance * currents[i] - v) * (dt / tau)
        if v >= threshold:
            spikes.append(i)
            free_from = i + 1 + int(np.rint(refractory / dt))
            v = v_reset
        voltages[i] = v
    return voltages, dt * np.array(spikes)


@exercise.alternative
def with_its_own_step(currents, dt, refractory=2.0, **cell):
    def step(v, current, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, resistance=10.0):
        v += ((v_rest - v) / resistance + current) * resistance / tau * dt
        return (v_reset, True) if v >= v_threshold else (v, False)

    waiting = 0
    v = cell.get("v_rest", -65.0)
    trace, times = [], []
    for index, current in enumerate(currents):
        if waiting:
            waiting -= 1
        else:
            v, fired = step(v, current, **cell)
            if fired:
                waiting = round(refractory / dt)
                times.append(index * dt)
        trace.append(v)
    return trace, times


@exercise.picture
def own_trace(answer: Answer):
    """The learner's cell at 2 nA."""
    from annkit import show

    dt = 0.1
    voltages, spike_times = answer(np.full(600, 2.0), dt)
    return show.lines(
        dt * np.arange(600),
        {"your cell": voltages},
        "time (ms)",
        "membrane voltage (mV)",
        title=f"2 nA for 60 ms: {len(spike_times)} spikes",
        caption=_told(np.asarray(voltages), dt * np.arange(600), np.ravel(spike_times)),
    )


def _told(voltages, times, spike_times):
    """Say what this trace shows, right or wrong.

    Args:
        voltages: mV, (steps,).
        times: ms, (steps,).
        spike_times: ms, (spikes,).
    """
    if len(spike_times) == 0:
        return "No spike, although 2 nA is above the rheobase."
    drops = np.flatnonzero(np.diff(voltages) < -1.0)
    if len(drops) == 0:
        return "Spikes are noted, but the voltage is never reset."
    # Read off the voltages: the noted times may be wrong.
    held = voltages[drops[0] + 1 :]
    moving = np.flatnonzero(held != held[0])
    if len(moving) == 0:
        return "A spike, and from then on the voltage stays where it is."
    pause = times[moving[0] - 1] if moving[0] > 1 else 0.0
    if pause == 0:
        return "Climb, spike, and on the way up again at once: no pause."
    return f"Climb, reset, {pause:.3g} ms of pause, and again."
