"""Chapter 1: from the biological to the artificial neuron."""

# %% [markdown]
# # 1 · From the biological to the artificial neuron
#
# **About 70 minutes of reading, and 80 for the exercises.** It builds on
# [the welcome chapter](../ch00_welcome/ch00_welcome.ipynb): arrays, `check`, a weighted sum.
#
# Afterwards you will be able to
#
# - name the parts of a nerve cell, and say which number in the model stands for each of them;
# - derive the voltage of a leaky membrane from one law of physics, simulate it, and know how far to
#   trust the simulation;
# - say when a cell stays silent for ever, how often it fires otherwise, and what sets its limit;
# - build logic gates from a weighted sum and a threshold, as McCulloch and Pitts did in 1943;
# - explain what an artificial neuron has in common with a cell, and what it lacks.

# %%
import numpy as np

from annkit import check, hint, nn, progress, quiz, show, solution
from annkit.exercises.my_ann.own_pictures import with_own
from annkit.lessons.neurons.agreement import dots_on_the_curve
from annkit.lessons.neurons.leaky_cell import LeakyCell
from annkit.lessons.neurons.pictures import cell_and_model, membrane_circuit
from annkit.lessons.neurons.explorer import leaky_neuron
from annkit.lessons.neurons.step_errors import draw_period_errors
from annkit.lessons.neurons.volley_explorer import frayed_volleys
from annkit.lessons.neurons.volleys import arrivals, currents

# %% [markdown]
# ## 1 Two tenths of a nanoampere
#
# Somebody has put a glass needle into a nerve cell, its tip a hundred times finer than a hair. A
# steady electric current flows through the needle, as much as we like, and we watch the voltage
# across the cell's skin.
#
# At 1.4 nA (nanoampere, a billionth of an ampere) the voltage creeps up by 14 mV and stops. We wait
# a minute. We wait an hour. Nothing more happens.
#
# At 1.6 nA the voltage creeps up too, and after 28 ms the cell *fires*: a pulse, a thousandth of a
# second long, always of the same height. Then another, and another, 34 in every second.
#
# (The numbers are those of the model cell that you are about to build. Other cells have other numbers
# and behave alike.)
#
# What decides between an hour of silence and 34 pulses a second? That question runs through this
# chapter. The answer fits on one line of mathematics. Take time out of that line, and what remains
# is the neuron of every network in this course.

# %% tags=["author"]
assert np.isclose(LeakyCell().target(1.4) + 65, 14)
assert round(float(LeakyCell().climb(1.6))) == 28
assert round(float(LeakyCell().rate(1.6))) == 34

# %% [markdown]
# ## 2 The parts, and what becomes of them

# %%
cell_and_model()

# %% [markdown]
# Here are the parts, in the order in which a signal meets them.
#
# **Synapses** are the contacts between cells. There are two kinds.
#
# - At a **chemical** synapse the cells do not touch; a cleft of some 20 nanometres is left. A pulse
#   that arrives makes the ending release a chemical, the *transmitter*. It crosses the cleft and
#   opens channels in the skin of our cell, charged atoms flow, and the signal is electrical again.
#   That takes half a millisecond or more, and it works in one direction only. But its strength can
#   change, and without that there would be no learning. *Excitatory* synapses push the voltage
#   towards firing, *inhibitory* ones hold it back.
# - At an **electrical** synapse, channels join the two cells directly: faster than any chemistry, mostly in
#   both directions, harder to adjust. Most synapses of your cortex are chemical.
#
# **Dendrites**, the branches, carry the small currents towards the middle. A cell of the human
# cortex has about 7 000 synapses on average (Pakkenberg et al., 2003); the whole brain has some 86 billion
# neurons (Azevedo et al., 2009).
#
# **Soma**, the cell's body. Here the currents add up. (The *nucleus* in it keeps the genes. It builds and repairs
# the cell, and has no part in the sum.)
#
# **Axon hillock**, the root of the axon. If the voltage reaches a *threshold*, the cell fires. The pulse starts right
# behind the hillock, in the axon's *initial segment*, where the threshold is lowest.
#
# **Axon**, the one cable that leads out. It carries the pulse, called a *spike* or action
# potential, to all its branches. A spike is all or nothing: a stronger input makes *more* spikes,
# not taller ones (Adrian and Zotterman, 1926).
#
# | in the cell | what it does | in the model | in code |
# |---|---|---|---|
# | dendrite | brings the signals of other cells in | inputs $x_i$ | `x`, shape `(n,)` |
# | synapse | makes one signal count more than another, or against | weight $w_i$ | `w`, shape `(n,)` |
# | soma | adds up | weighted sum $z = \sum_i x_i w_i + b$ | `x @ w + b` |
# | threshold | how much is needed | bias $b$: minus the threshold | `b`, a number |
# | axon hillock | fires, all or nothing; or: how often | activation $f(z)$ | `f(z)` |
# | axon | the same message to all receivers | output $a = f(z)$ | `a`, a number |
#
# The skin itself, the *membrane*, deserves a number. At rest the inside is about 65 mV more
# negative than the outside. That is little, but the membrane is only about 5 nm thick: 13 million volts per metre,
# more than it takes to make a spark jump through air (about 3 million).

# %% tags=["author"]
assert np.isclose(65e-3 / 5e-9, 13e6)

# %%
from anatomy import anatomy

# %% [markdown]
# ## 3 A bucket with a hole: the membrane as a circuit
#
# The membrane is a film of fat. It keeps charges apart, which makes it a **capacitor**. Channels
# run through it and let charge leak, which makes them a **resistor**. Pumps keep the salts inside
# and outside unequal, and the channels let some of them through more easily than others; together
# that acts like a **battery** of −65 mV. Nothing more is needed to answer the question of section 1.

# %%
membrane_circuit()

# %% [markdown]
# Charge is conserved: the current that flows in either stays and charges the film, or it leaks out.
# With the voltage $v$, the capacitance $C$ and the resistance $R$:
#
# $$I \;=\; \underbrace{C\,\frac{dv}{dt}}_{\text{stays}} \;+\; \underbrace{\frac{v - v_\text{rest}}{R}}_{\text{leaks out}}$$
#
# Multiply by $R$, write $\tau = RC$, and put the change on the left:
#
# $$\tau\,\frac{dv}{dt} \;=\; -(v - v_\text{rest}) + R\,I$$
#
# Two forces are at work. The *leak* pulls back towards rest, and the further away the voltage is,
# the harder it pulls. The *drive* $R\,I$ pushes.
#
# Our cell for the whole chapter: $R = 10$ MΩ, $C = 1$ nF, $v_\text{rest} = -65$ mV. Units first,
# because with one wrong power of ten the cell fires never, or always. Megaohm times nanoampere, and
# megaohm times nanofarad:

# %%
R, C, current = 10e6, 1e-9, 1.4e-9  # ohm, farad, ampere
print(f"R·I = {1000 * R * current:.0f} mV      tau = R·C = {1000 * R * C:.0f} ms")
cell = LeakyCell(tau=10.0, v_rest=-65.0, v_threshold=-50.0, resistance=10.0, refractory=2.0)

# %% tags=["author"]
assert np.isclose(R * current, 14e-3)
assert np.isclose(R * C, 10e-3)

# %% [markdown]
# In MΩ, nA and nF, then, everything comes out in mV and ms, and there is no power of ten left to
# lose. (`cell` is annkit's own version of the cell; demonstrations use it, so that they run before
# you have solved anything. And is 1 nF sensible? A membrane has about 1 µF per cm², so this one
# measures 0.1 mm²: a big cell, dendrites included.)
#
# **Where does the voltage go?** It stops moving where leak and drive cancel, $v = v_\text{rest} + R\,I$. We call that
# voltage the *target*, $v_\infty$. (It has nothing to do with the targets of chapter 0, the right
# answers.) For 1.4 nA it is $-65 + 14 = -51$ mV.
#
# **How does it get there?** Look at the distance that is still to go, $u = v_\infty - v$. Since
# $v_\infty$ is constant, the equation for $v$ says $\tau\,du/dt = -u$: in each millisecond the distance loses the same
# *share* of itself. That is exponential decay:
#
# $$v(t) = v_\infty - (v_\infty - v_0)\,e^{-t/\tau}$$
#
# After one time constant ($\tau = 10$ ms) the distance is down to $e^{-1} = 37\,\%$, after three to
# 5 %. Don't take the formula on trust: put it into the equation. The slope, measured by a small
# difference, must equal what the right-hand side says:

# %%
t, h = np.linspace(0, 40, 9), 1e-5  # ms


def v(t, target=-51.0, start=-65.0, tau=10.0):
    return target - (target - start) * np.exp(-t / tau)


slope = (v(t + h) - v(t - h)) / (2 * h)
right_hand_side = (-(v(t) + 65.0) + 14.0) / 10.0
print("largest disagreement:", np.max(np.abs(slope - right_hand_side)), "mV/ms")

# %% tags=["author"]
assert np.allclose(slope, right_hand_side, atol=1e-8)
assert round(100 * np.exp(-1)) == 37
assert round(100 * np.exp(-3)) == 5

# %% [markdown]
# It holds, up to rounding. Checking a derivation against a small difference takes three lines,
# and you will see it done again from chapter 3 on.
#
# ## 4 A computer needs steps
#
# For a steady current we have the exact answer. Real input changes all the time, and then we have
# to compute in small steps. **Forward Euler** is the simplest way: take the slope *now*, pretend
# that it stays for the next $\Delta t$, go there, repeat.
#
# $$v \;\leftarrow\; v + \Delta t\cdot\frac{-(v - v_\text{rest}) + R\,I}{\tau}$$
#
# By hand, at 2 nA with steps of 1 ms, from rest:
#
# | time | voltage before | slope (mV/ms) | voltage after |
# |---|---|---|---|
# | 0 ms | −65 | (0 + 20)/10 = 2 | −63 |
# | 1 ms | −63 | (−2 + 20)/10 = 1.8 | −61.2 |
# | 2 ms | −61.2 | (−3.8 + 20)/10 = 1.62 | −59.58 |
#
# The exact voltage after 3 ms is −59.82 mV. Euler is ahead by 0.24 mV: the slope falls during each
# step, and Euler does not notice until the step is over.

# %% tags=["author"]
by_hand, _ = cell.euler(np.full((3, 1), 2.0), 1.0)
assert np.allclose(by_hand[:, 0], [-63, -61.2, -59.58])
exact_3ms = float(cell.exact(2.0, np.array([0.0, 3.0]))[0][1])
assert round(exact_3ms, 2) == -59.82
assert round(-59.58 - exact_3ms, 2) == 0.24

# %% [markdown]
# **The spike.** What the channels do during a spike took four differential equations to explain
# (Hodgkin and Huxley, 1952). Here we replace it by a rule. At the threshold, $-50$ mV, the cell
# fires and the voltage is set to $v_\text{reset}$. Then, for a **refractory period** of 2 ms,
# nothing moves, because the channels that made the spike have to recover. It leaks, adds up and
# fires: this is the **leaky integrate-and-fire** neuron, LIF for short. You build it in two
# exercises.

# %%
from lif_step import lif_step

# %% [markdown]
# The second one needs a piece of Python. In a *definition*, two stars collect in a dict whatever
# else is passed by name. In a *call*, they hand a dict's entries over, each under its own name:


# %%
def target(current, v_rest=-65.0, resistance=10.0):
    return v_rest + resistance * current


def rise(current, **cell):  # in the last call: {"resistance": 5.0, "v_rest": -70.0}
    return target(current, **cell) - target(0.0, **cell)


print(rise(1.4), rise(1.4, resistance=5.0), rise(1.4, resistance=5.0, v_rest=-70.0))

# %% tags=["author"]
np.testing.assert_allclose([rise(1.4), rise(1.4, resistance=5.0, v_rest=-70.0)], [14, 7])

# %%
from simulate_lif import simulate_lif

# %% [markdown]
# ## 5 Silence, for ever
#
# Back to the question of section 1. The voltage never passes its target, so the cell can fire only
# if the target lies above the threshold:
#
# $$\begin{aligned}
# v_\text{rest} + R\,I &> v_\text{threshold} \\
# \Longleftrightarrow\quad I &> \frac{v_\text{threshold} - v_\text{rest}}{R} = \frac{15\ \text{mV}}{10\ \text{MΩ}} = 1.5\ \text{nA}
# \end{aligned}$$
#
# This current is called the **rheobase**. 1.4 nA is below it: silence, however long we wait. 1.6 nA is above.

# %%
from rheobase_question import rheobase_question

# %% [markdown]
# ## 6 How often? The f–I curve
#
# Above the rheobase, one number says what a steady current does: the firing rate. (In the name of
# the curve, f is for frequency. In the model of section 2, $f$ is the activation; section 12 says
# what the two have to do with each other.) Measure the time from one spike to the next. First comes
# the pause, $t_\text{ref}$ = 2 ms (`refractory` in code), then the climb from $v_\text{reset}$ to
# the threshold. When does it end? Put $v(t) = v_\text{threshold}$ into the formula of section 3 and
# solve for $t$:
#
# $$v_\infty - (v_\infty - v_\text{reset})\,e^{-t/\tau} = v_\text{threshold} \;\;\Longrightarrow\;\; t_\text{climb} = \tau\,\ln\frac{v_\infty - v_\text{reset}}{v_\infty - v_\text{threshold}}$$
#
# At 2 nA: $v_\infty = -45$, the fraction is $20/5 = 4$, $t_\text{climb} = 10\,\ln 4 = 13.86$ ms.
# With the pause, that makes a spike every 15.86 ms, or 63 in a second.

# %% tags=["author"]
assert round(float(cell.climb(2.0)), 2) == 13.86
assert round(float(cell.rate(2.0))) == 63

# %%
from firing_rate import firing_rate

# %% [markdown]
# Do the two agree? Strokes and dots are simulated, the line is the formula, and both are yours as
# soon as they have passed.

# %%
with_own(dots_on_the_curve, simulate_lif=cell.simulate, firing_rate=cell.rate)

# %%
from refractory_question import refractory_question

# %% [markdown]
# > **A good place to stop for the day.** You have a cell that fires, and a formula for how often.
# > Tomorrow you will see the two side by side, what a simulation gets wrong, and what is left when
# > time is taken out.
#
# ## 7 Turn the knob
#
# Here are cell and curve side by side. (The upright strokes only mark the spikes: the model says nothing about
# their height, and the trace of your `simulate_lif` has none.) The first slider is the current. The second, *shape*, takes time
# out of the picture: from 0 to 1 the f–I curve turns into a **ReLU** (nothing below the rheobase, a straight line
# above), from 1 to 2 into a **step** (off or on). You will meet both again in chapter 3.
#
# The picture begins by asking what the ReLU will say at 2 nA. Commit to an answer. Then find out
#
# 1. whether you can make the cell fire slowly, ten times a second or less;
# 2. whether doubling the current doubles the rate: try 2, 4 and 8 nA;
# 3. what gets lost between the cell, the ReLU and the step.

# %%
leaky_neuron()

# %% [markdown]
# <details><summary>What you may have found</summary>
#
# 1. Not with this slider: silence at 1.5 nA, 34 Hz one notch further. There is hardly any slow spiking in this cell: for
#    10 Hz or less the current must lie within a tenth of a *pico*ampere (0.083 pA) above 1500 pA.
# 2. No: 63, 149, 245 Hz. From 2 to 4 nA the rate more than doubles, because the first 1.5 nA buy nothing and only the rest counts.
#    From 4 to 8 nA it falls short, because half of the 4.1 ms between two spikes is the pause, and that does not shrink.
# 3. The ReLU loses the steep foot, 19 Hz instead of 63 at 2 nA, and the ceiling; the step loses
#    "how much" as well, 245 Hz at 2 nA as at 8. Both lose *when*.
#
# </details>
#
# <details><summary>For the curious: the straight line that the cell tends to is another one</summary>
#
# A ReLU has its kink at the rheobase. But switch off the pause; then for strong currents
# the rate is about $\left(\frac{R\,I}{15\ \text{mV}} - \frac12\right)/\tau$, and this line meets zero at half the rheobase, 0.75 nA. (From
# $1/\ln(1+x) \approx 1/x + 1/2$ for small $x$.) At 8 nA it says 483 Hz, the exact value is 482. Near the
# rheobase, on the other hand, the curve is infinitely steep. A ReLU is a handy shape, not a fit.
#
# </details>

# %% tags=["author"]
assert cell.rate(np.array([1.6, 2.0, 4.0, 8.0])).round().tolist() == [34, 63, 149, 245]
assert round(1000 / float(cell.rate(8.0)), 1) == 4.1
assert round(float(cell.rate(8.0)) * (2.0 - 1.5) / (8.0 - 1.5)) == 19
without_pause = LeakyCell(refractory=0.0)
assert round((80 / 15 - 0.5) / 10e-3) == 483
assert round(float(without_pause.rate(8.0))) == 482
assert np.isclose((0.75 * 10 / 15 - 0.5) / 10e-3, 0)
foot = 1500.0 / (np.exp((100.0 - 2.0) / 10.0) - 1)  # pA above the rheobase, for one spike in 100 ms
assert round(foot, 3) == 0.083
assert np.isclose(float(cell.rate(1.5 + foot / 1000)), 10.0)

# %% [markdown]
# ## 8 How far can you trust a simulation?
#
# The formula says that at 3 nA a spike comes every 8.93 ms. What does the simulation say? Two
# errors work against each other. Euler climbs too fast (section 4), which makes spikes early. And a
# spike can only be noticed at the end of a step, which makes it late. Which one wins? (`cell.euler`
# does what your `simulate_lif` does, for several cells at once: its currents have the shape (steps,
# cells), here one cell.)

# %%
exact, rows = 1000 / float(cell.rate(3.0)), []
for dt in (2.0, 1.0, 0.5, 0.2, 0.1, 0.01):
    _, spikes = cell.euler(np.full((round(100 / dt), 1), 3.0), dt)
    times = np.flatnonzero(spikes[:, 0]) * dt
    error = np.diff(times).mean() - exact
    rows.append([dt, exact + error, error, error / dt])
header = ["dt (ms)", "simulated period (ms)", "error (ms)", "error / dt"]
show.table(rows, header, f"A steady 3 nA; the exact period is {exact:.3f} ms")

# %% tags=["author"]
table_of_errors = np.array(rows)
assert round(exact, 2) == 8.93
assert (np.abs(table_of_errors[1:4, 1] - 9.0) < 1e-9).all()  # dt = 1, 0.5, 0.2: all 9 ms
assert (table_of_errors[:, 3] > -0.35).all()
assert (table_of_errors[:, 3] < 0.65).all()
assert (table_of_errors[:, 2] > 0).any()
assert (table_of_errors[:, 2] < 0).any()

# %% [markdown]
# Sometimes one wins, sometimes the other: the error changes sign. And three different steps give
# exactly 9 ms, because a period must be a whole number of steps. Halving the step need not halve
# the error. What shrinks is the *bound*. To first order, Euler is early by $t_\text{climb}/2\tau =
# 6.93/20 = 0.35$ steps (the climb of section 6, at 3 nA), and waiting for the end of a step costs 0
# to 1. Together the error lies between −0.35 and +0.65 steps, as the last column shows. The honest
# thing to say about this simulation is "right to one step".

# %%
draw_period_errors(cell, current=3.0)

# %% tags=["author"]
assert round(float(cell.climb(3.0)) / (2 * cell.tau), 2) == 0.35

# %% [markdown]
# ## 9 Break it: a step longer than τ
#
# Back to 1.4 nA, below the rheobase. Below you see 300 ms with steps of 0.1 ms: no spike, as it must be.
#
# **Predict:** what happens at `dt = 15`, half as long again as $\tau$? Will the voltage be a little
# inaccurate, will nothing change, or will the cell fire? Then change the number and run the cell.

# %%
dt = 0.1  # ms
voltages, spikes = cell.euler(np.full((round(300 / dt), 1), 1.4), dt)
print(f"dt = {dt} ms: {spikes.sum()} spikes in 300 ms; the target is {cell.target(1.4):.0f} mV")

# %% tags=["author"]
assert spikes.sum() == 0
assert cell.euler(np.full((20, 1), 1.4), 15.0)[1].sum() > 0
assert cell.euler(np.full((40, 1), 1.4), 7.5)[1].sum() == 0

# %%
from break_time_step import break_time_step

# %% [markdown]
# > ### Myth: "Below its threshold current a neuron is silent."
# >
# > True for the cell in the dish with a perfectly steady current. In a brain, thousands of synapses switch on and
# > off all the time, and the current trembles. Let us give 33 cells the currents 0, 0.125, … 4 nA, and
# > add noise: every millisecond a new random amount with a standard deviation of 2 nA. *Predict:* how often does
# > the cell at 1 nA fire, well below the rheobase of 1.5 nA?

# %%
rng = np.random.default_rng(1)
means = np.arange(0, 4.01, 0.125)  # nA
noise = rng.normal(scale=2.0, size=(6000, means.size))  # a new value every ms, for 6 s
_, spikes = cell.euler(np.repeat(means + noise, 4, axis=0), dt=0.25)
noisy = spikes.sum(axis=0) / 6.0
fine = np.union1d(means, 1.5 + np.geomspace(1e-9, 0.1, 60))  # more of them at the steep foot
axes = ("mean current (nA)", "firing rate (Hz)", "The same cell, with and without noise")
caption = "Noise turns the sharp foot of the curve into a soft one; further up it hardly matters."
with_own(
    lambda firing_rate: show.lines(
        fine, {"steady": firing_rate(fine), "noisy": np.interp(fine, means, noisy)}, *axes, caption
    ),
    firing_rate=cell.rate,
)

# %% tags=["author"]
at_one = float(noisy[means == 1.0][0])
assert 15 < at_one < 30, at_one
assert abs(noisy[-1] - cell.rate(4.0)) < 5

# %% [markdown]
# > About 20 spikes a second, where the formula says none. Now and then the noise lifts the voltage
# > over the threshold. So the myth is half true: the *mean* current may stay below the rheobase for
# > ever, and the cell still fires. For a noisy neuron the threshold is soft. Remember the shape of
# > this foot: in chapter 3 you will meet smooth activations, and here is one place where they come
# > from.
#
# ## 10 Off or on: McCulloch and Pitts
#
# In 1943 nobody could compute f–I curves by the thousand. Warren McCulloch, a psychiatrist, and Walter Pitts,
# a self-taught logician of twenty, went the other way: throw out everything except "all or none". A unit is on
# (1) or off (0); time goes in ticks; and a unit is on at the next tick if
#
# 1. *no* inhibitory input is on (a single one is a **veto**), and
# 2. at least *threshold* of the excitatory inputs are on.
#
# A veto is more than a negative number. Here is the difference, with threshold 2:
#
# | excitatory inputs on | inhibitory inputs on | subtract and compare | veto |
# |---|---|---|---|
# | 1 | 0 | 1 < 2: 0 | 0 |
# | 2 | 0 | 2 ≥ 2: 1 | 1 |
# | 3 | 1 | 2 ≥ 2: 1 | **0** |
# | 9 | 1 | 8 ≥ 2: 1 | **0** |
#
# Real inhibition does both. A synapse far out subtracts, more or less. One close to the soma can
# short-circuit everything that the dendrite behind it brings, which is nearly a veto (Koch, Poggio
# and Torre, 1983).

# %%
from mcculloch_pitts import mcculloch_pitts

# %%
from veto_question import veto_question

# %% [markdown]
# ## 11 Thinking in gates
#
# Let us now give up the veto and allow any weight: a unit is on where $z = \sum_i x_i w_i + b \ge 0$. That is the
# step at the end of the slider in section 7, with the threshold moved to the left side: "sum ≥ 1.5" becomes "sum − 1.5 ≥ 0", so
# $b = -1.5$. **A bias is a threshold with its sign changed.**
#
# Take a vote of three, which is on where at least two are on.

# %%
triples = np.array([[i, j, k] for i in (0, 1) for j in (0, 1) for k in (0, 1)])  # (8, 3)
w, b = np.array([1.0, 1.0, 1.0]), -1.5
z = triples @ w + b  # (8,)
rows = [[str(x), z_i, int(z_i >= 0)] for x, z_i in zip(triples, z, strict=True)]
show.table(rows, ["x1 x2 x3", "z", "on"], "A vote of three")

# %% tags=["author"]
assert [row[2] for row in rows] == [int(x.sum() >= 2) for x in triples]

# %%
from logic_gates import logic_gates

# %% [markdown]
# Every logical function can be built out of NAND alone, and a computer out of these gates. The
# point of the 1943 paper was that a *network* of such units can compute any expression of logic.
#
# **Two minutes, pencil only:** find weights and a bias for XOR, on where exactly one of two inputs is
# on. If you can't, you are in good company. Chapter 2 proves that nobody can, with *one* unit, and
# shows how two layers do it.
#
# ## 12 From the cell to the neuron of this course
#
# Why should a weighted sum of *rates* mean anything to a cell? Suppose cell $i$ fires $x_i$ times a second, and
# each of its spikes delivers a charge $w_i$ through its synapse. Then it brings, on average, the current
# $x_i w_i$ (picocoulomb times spikes per second is picoampere). The currents add up in the soma, and what counts is how far they
# get beyond the rheobase:
#
# $$z = \sum_i x_i w_i + b \quad\text{with}\quad b = -\text{rheobase}, \qquad a = f(z)$$
#
# So a weight has a meaning and a unit: charge per spike, negative for inhibition. And the
# activation $f$ is the f–I curve of section 6, moved so that it starts at $z = 0$. In this course
# it will be something simpler. Here are three groups of cells:

# %%
x = np.array([20.0, 50.0, 30.0])  # spikes per second of each cell in a group, (3,)
w = np.array([60.0, 40.0, -30.0])  # pC per spike, all synapses of the group together, (3,)
b = -1500.0  # pA, minus the rheobase
z = x @ w + b
print(f"{z:.0f} pA beyond the rheobase, answered with {cell.rate((z - b) / 1000):.0f} Hz")

# %% tags=["author"]
assert z == 800
assert round(float(cell.rate(2.3))) == 80
assert np.isclose(20 * 5 / 1000, 0.1)
assert np.isclose(1500 / (0.1 * 10), 1500)

# %% [markdown]
# An order of magnitude shows why there are thousands of synapses. Let one spike bring 20 pA for 5
# ms, which is 0.1 pC. At 10 spikes a second one synapse then brings 1 pA. The rheobase of our cell
# is 1500 pA: it takes 1500 such synapses at once to make it fire steadily. No single neighbour
# decides anything. (There are exceptions. In the cerebellum one *climbing fibre* alone makes its
# cell fire.)
#
# ## 13 What the model leaves out
#
# | in the cell | in a unit of this course | when it matters |
# |---|---|---|
# | spikes in time; whether two coincide | one number, a rate | hearing where a sound comes from |
# | dendrites that compute by themselves | plain addition | dendrites of human cells can do what XOR needs (Gidon et al., 2020) |
# | a cell is excitatory or inhibitory to (nearly) all its targets | each weight has any sign | building brain-like models |
# | synapses often fail | always the same answer | noise, see the myth |
# | adaptation: a steady input tires the cell | no memory of the moment before | recordings longer than some 100 ms |
# | each synapse learns from what is near it | the error travels back through the whole network | chapters 8 to 10 |
#
# You can try the first line. A thousand of the synapses above, at ten spikes a second each, bring
# 1000 pA on average, so $z = 1000 - 1500 = -500$ pA, and a unit of this course stays silent. In one
# run each spike comes anywhere in its tenth of a second; in the other all synapses fire together,
# in ten volleys. **Predict:** how often does the cell fire in each?

# %%
for name, spread in {"anywhere": 100.0, "in volleys": 0.0}.items():
    times = arrivals(spread)  # ms, (1000, 10): a row per synapse; each volley lasts `spread` ms
    input_current = currents(times)  # nA, (4000,): 20 pA for 5 ms for each spike
    _, spikes = cell.euler(input_current[:, None], dt=0.25)
    print(f"{name}: {input_current.mean():.2f} nA on average, {spikes.sum()} spikes")

# %% tags=["author"]
from annkit.lessons.neurons.volleys import answers

for seed in range(20):
    mean_current, _, fired = answers(seed)
    assert set(mean_current.round(2)) == {1.0}
    assert (fired.sum(axis=0)[0], fired.sum(axis=0)[-1]) == (20, 0)

# %% [markdown]
# Never in the first run and twenty times in the second, two spikes to every volley. The synapses,
# the rates and the mean current are the same. A number per second cannot tell the two apart. The
# cell can, because a volley arrives faster than the membrane leaks. And between the two?

# %%
frayed_volleys()

# %% [markdown]
# How much does the whole table weigh? To imitate a detailed simulation of *one* cortical cell to
# the millisecond, Beniaguev, Segev and London (2021) needed an artificial network with five to
# eight layers. The artificial neuron, then, was *inspired* by the cell, and it is not a model of
# the brain. We use it because networks of it can be trained. That a network works does not show
# that brains work like it. It can still be tested against them: networks trained to name objects
# predict the firing of cells in the visual cortex better than models built by hand for that purpose
# (Yamins et al., 2014).
#
# ## 14 Where it comes from
#
# **Lapicque** (1907) treated the nerve of a frog as a leaky capacitor with a threshold, forty-five
# years before anyone knew what a spike is made of; the word *rheobase* is his (1909). **McCulloch and
# Pitts** (1943) made logic of it. But nothing *learned*: weights were set by hand, as you set them in
# the gates. **Hebb** (1949) proposed how a synapse might change: it grows stronger when it helps to
# make the cell fire. **Rosenblatt** (1958) let a machine adjust its own weights. That is the next
# chapter.
#
# <details><summary>And what the nerves themselves told</summary>
#
# **Loewi** (1921) showed with two frog hearts that nerves act through a chemical; **Furshpan and
# Potter** (1959) found an electrical synapse in the crayfish. **Adrian and Zotterman** (1926)
# recorded single fibres: same spikes, more of them. **Hodgkin and Huxley** (1952) explained the spike
# itself by channels for sodium and potassium, in four differential equations that you can still
# simulate today. How much of today's integrate-and-fire model is in Lapicque's paper is told by
# Abbott (1999), and by Brunel and van Rossum (2007), who translated it.
#
# </details>
#
# <details><summary>References</summary>
#
# - L. F. Abbott (1999). Lapicque's introduction of the integrate-and-fire model neuron (1907). *Brain Research Bulletin* 50, 303–304.
# - E. D. Adrian, Y. Zotterman (1926). The impulses produced by sensory nerve-endings. Part II. *Journal of Physiology* 61, 151–171.
# - F. A. C. Azevedo et al. (2009). Equal numbers of neuronal and nonneuronal cells make the human brain an isometrically scaled-up primate brain. *Journal of Comparative Neurology* 513, 532–541.
# - D. Beniaguev, I. Segev, M. London (2021). Single cortical neurons as deep artificial neural networks. *Neuron* 109, 2727–2739.
# - N. Brunel, M. C. W. van Rossum (2007). Lapicque's 1907 paper: from frogs to integrate-and-fire. *Biological Cybernetics* 97, 337–339.
# - E. J. Furshpan, D. D. Potter (1959). Transmission at the giant motor synapses of the crayfish. *Journal of Physiology* 145, 289–325.
# - A. Gidon et al. (2020). Dendritic action potentials and computation in human layer 2/3 cortical neurons. *Science* 367, 83–87.
# - D. O. Hebb (1949). *The Organization of Behavior.* Wiley.
# - A. L. Hodgkin, A. F. Huxley (1952). A quantitative description of membrane current and its application to conduction and excitation in nerve. *Journal of Physiology* 117, 500–544.
# - C. Koch, T. Poggio, V. Torre (1983). Nonlinear interactions in a dendritic tree. *PNAS* 80, 2799–2802.
# - L. Lapicque (1907). Recherches quantitatives sur l'excitation électrique des nerfs traitée comme une polarisation. *Journal de Physiologie et de Pathologie générale* 9, 620–635.
# - L. Lapicque (1909). Définition expérimentale de l'excitabilité. *Comptes rendus de la Société de Biologie* 67, 280–283.
# - O. Loewi (1921). Über humorale Übertragbarkeit der Herznervenwirkung. *Pflügers Archiv* 189, 239–242.
# - W. S. McCulloch, W. Pitts (1943). A logical calculus of the ideas immanent in nervous activity. *Bulletin of Mathematical Biophysics* 5, 115–133.
# - B. Pakkenberg et al. (2003). Aging and the human neocortex. *Experimental Gerontology* 38, 95–99.
# - F. Rosenblatt (1958). The perceptron: a probabilistic model for information storage and organization in the brain. *Psychological Review* 65, 386–408.
# - D. L. K. Yamins et al. (2014). Performance-optimized hierarchical models predict neural responses in higher visual cortex. *PNAS* 111, 8619–8624.
#
# </details>
#
# ## 15 In short
#
# | question | answer | formula |
# |---|---|---|
# | where does the voltage go? | to the target, the nearer the slower | $v_\infty = v_\text{rest} + R I$, share $e^{-t/\tau}$ left |
# | does it ever fire? | only above the rheobase | $I > (v_\text{threshold} - v_\text{rest})/R$ |
# | how often? | pause plus climb | $T = t_\text{ref} + \tau \ln\frac{v_\infty - v_\text{reset}}{v_\infty - v_\text{threshold}}$ |
# | and at most? | once per pause | $1/t_\text{ref}$ = 500 Hz |
# | how wrong is Euler? | about one step; nonsense for $\Delta t > \tau$ | halve Δt and compare |
# | what is left without time? | a weighted sum and a function | $a = f\left(\sum_i x_i w_i + b\right)$ |
#
# **What you built:** `lif_step`, `simulate_lif`, `firing_rate`, `mcculloch_pitts`, `logic_gates`. What passed its
# check is now in your own module, `my_ann.py`, one folder above this notebook.
#
# **Closed book:** why does an hour of 1.4 nA do less than 28 ms of 1.6 nA? What do most people get
# wrong about a neuron below its threshold? When does a simulation lie?
#
# <details><summary>Words of this chapter, English and Chinese</summary>
#
# | English | 中文 | in a few words |
# |---|---|---|
# | neuron | 神经元 | nerve cell, or a unit of a network |
# | soma, dendrite, axon | 胞体、树突、轴突 | body, receiving branches, sending cable |
# | axon hillock, initial segment | 轴丘、轴突起始段 | root of the axon; its first stretch, where the spike starts |
# | synapse | 突触 | contact between two cells |
# | neurotransmitter | 神经递质 | the chemical that crosses the cleft |
# | excitatory, inhibitory | 兴奋性、抑制性 | for and against firing |
# | membrane potential | 膜电位 | voltage across the cell's skin |
# | resting potential | 静息电位 | the membrane potential without input |
# | action potential, spike | 动作电位、脉冲 | the all-or-none pulse |
# | threshold | 阈值 | voltage at which the cell fires |
# | refractory period | 不应期 | pause after a spike |
# | time constant | 时间常数 | τ = RC |
# | leaky integrate-and-fire | 泄漏整合发放模型 | leak, add up, fire, reset |
# | rheobase | 基强度 | smallest steady current that makes it fire |
# | firing rate, f–I curve | 发放率、频率–电流曲线 | spikes per second, as a function of the current |
# | forward Euler | 前向欧拉法 | keep the slope for one step |
# | weight, bias | 权重、偏置 | strength of an input; minus the threshold |
# | activation function | 激活函数 | from the sum to the output |
# | logic gate | 逻辑门 | AND, OR, NOT and their kin |
#
# </details>

# %%
progress()
