# %% [markdown]
# # 7 · Stochastic gradient descent and friends
#
# **About 85 minutes of reading, and 60 for the exercises.** It builds on [costs](../ch05_costs/ch05_costs.ipynb) and [gradient
# descent](../ch06_gradient_descent/ch06_gradient_descent.ipynb): the mean of the losses, the step
# $-\eta\nabla C$, the edge $2/\lambda_{\max}$.
#
# Afterwards you can
#
# - train on one example at a time, on small batches, or on all examples, and say what each costs;
# - say how far from the lowest point SGD will hover, and change that in three ways;
# - write momentum, RMSProp, Adam and a learning rate schedule, and say what each is for;
# - test two popular claims about SGD instead of believing them;
# - explain why you want chapter 8.

# %%
import time

import numpy as np

from annkit import check, data, hint, nn, progress, quiz, show, solution
from annkit.exercises.my_ann.own_pictures import with_own
from annkit.nn.gradient_checking import measured_gradient
from annkit.lessons.sgd.walks import LeastSquares, many_walks, stays_below, walk
from annkit.lessons.sgd import pictures as sgd_drawings
from annkit.lessons.sgd.explorer import optimiser_race

# %% [markdown]
# Three questions to wake up what you know. They are not marked.

# %%
from recall_cost_mean import recall_cost_mean

# %%
from recall_bowl_rate import recall_bowl_rate

# %%
from recall_input_scale import recall_input_scale

# %% [markdown]
# ## 1 Must you ask every house?
#
# The question is still what a house costs. In the last chapter every step downhill began with the
# gradient of the cost, and the cost is a mean over *all* houses. With a thousand houses, a thousand
# of them were asked for one step. With ten million pictures it would be ten million. How many must
# you ask before you know which way is down?
#
# Begin small. Three houses cost 2, 3 and 7 hundred thousand, and the model is the simplest there
# is: one price $c$ for all. The loss of a house is $\tfrac12 (c - y)^2$, its derivative is $c - y$.
# At $c = 0$:
#
# | asked | derivative |
# |---|---|
# | house 1, 2 or 3 | −2, −3 or −7 |
# | all three | $(-2 - 3 - 7)/3 = -4$ |
#
# The full gradient is the mean of the three. The answer of *one house, picked by chance*, is
# therefore −4 on average. It is wrong every time, and right on average. Such a guess is called
# **unbiased**, and descending with it is **stochastic gradient descent**, SGD. Stochastic means
# that chance is involved.
#
# How wrong is it each time? Take 1000 houses, standardised inputs, prices in hundred thousands, and
# the linear model $\hat y = Xw + b$. `LeastSquares` holds the examples, with a column of ones for
# the bias, and knows the cost, the gradient of any rows, and the lowest point.

# %%
X, price = data.houses(1000, np.random.default_rng(7))  # (1000, 4) and (1000,), in thousands
ones = np.ones((1000, 1))
A = np.hstack([(X - X.mean(axis=0)) / X.std(axis=0), ones])  # (1000, 5): inputs and a one
y = price / 100  # (1000,), in hundred thousands
linear = LeastSquares(A, y)

# %%
rng, start = np.random.default_rng(0), np.zeros(5)
full = linear.gradient(start)  # (5,), from all houses
errors = []
for asked in (1, 10, 100):
    tries = [linear.gradient(start, rng.integers(0, 1000, asked)) for _ in range(500)]
    away = np.sqrt(np.mean(np.sum((np.array(tries) - full) ** 2, axis=1)))
    errors.append((asked, away / np.linalg.norm(full)))
show.table(errors, ["houses asked", "typical error ÷ length of the full gradient"])

# %% tags=["author"]
sizes = [row[1] for row in errors]
np.testing.assert_allclose(sizes, [2.08, 0.66, 0.21], rtol=0.06)
assert 2.8 < sizes[0] / sizes[1] < 3.5
assert 2.8 < sizes[1] / sizes[2] < 3.5

# %% [markdown]
# One house misses by twice the length of the gradient it should give. Ten houses miss by two thirds
# of that length, a hundred by a fifth. **A hundred times the work makes it ten times as exact**:
# the error of a mean of $B$ houses falls like $1/\sqrt{B}$. The first few houses tell you most of
# what you need to know, and the other 990 only polish it. When another step will follow, a rough
# direction now is worth more than an exact one later.
#
# A group of examples that is asked together is a **mini-batch**, or batch for short. Deal them out
# like cards, so that every house gets its turn before any comes twice. (The data needn't even fit
# into memory: `np.load(…, mmap_mode="r")` reads each batch from the disk when its turn comes.)

# %%
from minibatches import minibatches

# %% [markdown]
# ## 2 What fits into an epoch
#
# One pass through all examples, in whatever batches, is an **epoch**.
#
# > ### Myth: “an epoch is one forward and backward pass”
# >
# > You can read this in many glossaries. (A forward pass computes the prediction; a backward pass
# > is how networks get their gradient, in chapter 10. Together they make one step.) Test it. Spend
# > *one epoch*, 1000 houses, from $w = 0$: all 1000 in a single step, at the rate 0.1 or 1; or in
# > batches of 100, of 10, or of one house, each at a smaller rate than the one before. **Predict**
# > which of the five get near the lowest cost there is. (`many_walks` does it twenty times, deals the
# > houses anew each time, takes the steps and keeps every place it comes through.)

# %%
one_epoch = []
for batch_size, rate in ((1000, 0.1), (1000, 1.0), (100, 0.5), (10, 0.1), (1, 0.01)):
    steps = 1000 // batch_size
    paths = many_walks(linear, start, batch_size=batch_size, n_steps=steps, learning_rate=rate,
                       runs=20, rng=np.random.default_rng(1))  # fmt: skip
    costs = linear.cost(paths[-1])  # (20,)
    one_epoch.append((batch_size, rate, steps, np.median(costs), costs.min(), costs.max()))
columns = ["houses per step", "learning rate", "steps in one epoch", "cost, median", "from", "to"]
show.table(one_epoch, columns, f"The lowest cost there is: {linear.cost(linear.best):.4f}")

# %% tags=["author"]
np.testing.assert_allclose(linear.cost(start), 7.089, atol=5e-4)
np.testing.assert_allclose(linear.cost(linear.best), 0.2045, atol=5e-5)
middle, least, most = np.array(one_epoch)[:, 3:].T
np.testing.assert_allclose(middle, [5.669, 0.827, 0.213, 0.211, 0.211], atol=0.003)
np.testing.assert_allclose(most[:2], least[:2])
assert least[2:].min() > 0.205
assert most[2:].max() < 0.225
assert max(least[2:]) < min(most[2:])  # any of the three may be the lowest

# %% [markdown]
# > All five rows look at each house once. The first two do what the myth says, one pass and one
# > step: at the rate 0.1 that ends at 5.67, and even at 1, close to the edge, at 0.83. The others
# > take 10, 100 or 1000 steps with the same houses and end at 0.21, where the lowest cost there is
# > would be 0.2045. (Which of these three is lowest, the order of the houses decides.) An epoch is
# > one pass through the *data*. How many steps it has is up to you: it is the number of examples
# > divided by the batch size, rounded up.

# %%
from epoch_question import epoch_question

# %% [markdown]
# ## 3 The seven steps
#
# Training with SGD, for any model, from here to the end of the course:
#
# 1. **Start** with small random parameters, of both signs. (A single layer may start from zeros; the
#    twins of chapter 6 showed why several must not.)
# 2. **Deal** the examples into batches, in a new random order.
# 3. **Predict** for one batch: send it forward through the model.
# 4. **Compare** the predictions with the targets: the cost of the batch.
# 5. **Find the gradient** of that cost in every parameter.
# 6. **Step**: each parameter moves by −η times its gradient. Then back to 3 with the next batch.
# 7. When all batches are used, one **epoch** is over: back to 2, until the cost stops falling on
#    houses that you have kept out of the training. (How many epochs, then? Three or three thousand:
#    those houses decide, as in chapter 11.)
#
# > **Two errors often found in such lists.** “Start with weights between 0 and 1.” Then all
# > weights push the same way; draw them around 0 instead. And “updating after each observation is
# > reinforcement learning.” It isn't. It is SGD with a batch of one, also called *online* learning.
# > Reinforcement learning is something else altogether: there, actions earn rewards, and nobody
# > says what the right answer would have been.
#
# Step 6 for a network: its parameters are a list of pairs `(W, b)`, and so is the gradient.

# %%
from sgd_step import sgd_step

# %% [markdown]
# Now put steps 2 to 6 together. Step 5 is somebody else's business: you are handed a function
# `gradient`.

# %%
from sgd_epoch import sgd_epoch

# %% [markdown]
# ## 4 It never comes to rest
#
# Full-batch descent slows down by itself: near the lowest point the gradient vanishes. SGD's
# doesn't. At the lowest point the derivatives of all houses *sum* to zero, but no single house is
# content. The weights stay in motion, like a grain of dust pushed from all sides. How far away do
# they hover? **Predict** which one scatters further about the mean price: the single price $c$ of
# section 1 with batches of 100 at the rate 0.2, or with batches of 10 at the rate 0.02.
#
# With one price for all houses it can be worked out. A batch of $B$ houses has the mean price
# $\bar y_B$, and the step is
#
# $$c \leftarrow c - \eta\,(c - \bar y_B) = (1-\eta)\,c + \eta\,\bar y_B .$$
#
# With $\eta = 0.1$ the new $c$ is 0.9 of the old one plus 0.1 of a batch's mean price. The prices
# have the variance $\sigma^2 = 2.92$; $\bar y_B$, the mean of $B = 10$ independent draws, has a
# tenth of it, 0.292. Multiply a number by a factor, and its variance is multiplied by the factor's
# *square*; and as the batch is drawn afresh, the two variances add. So a step keeps 0.81 of the
# variance of $c$ and adds $0.01\cdot0.292 = 0.00292$. Starting from rest it goes 0, 0.0029, 0.0053,
# 0.0072, …, by less and less, until the 19 % that a step takes away equal the 0.00292 that it
# brings. That happens at $0.00292/0.19 = 0.0154$.
#
# In letters: let $V$ be the variance of $c$ while it hovers, around the mean price $\bar y$. A step
# leaves it as it is:
#
# $$\begin{aligned}
# V = (1-\eta)^2\,V + \eta^2\,\frac{\sigma^2}{B}
# &\quad\Longrightarrow\quad V\,\bigl(1 - (1-\eta)^2\bigr) = \eta^2\,\frac{\sigma^2}{B} \\
# &\quad\Longrightarrow\quad V = \frac{\eta}{2-\eta}\cdot\frac{\sigma^2}{B},
# \end{aligned}$$
#
# because $1 - (1-\eta)^2 = \eta\,(2-\eta)$. The cost lies $\tfrac12 (c - \bar y)^2$ above its
# lowest, so its mean excess is $V/2$, here 0.0077.
#
# For small rates, $2-\eta$ is nearly 2, and $c$ scatters by $\sqrt V \approx
# \sqrt{\sigma^2/2}\cdot\sqrt{\eta/B}$. That is a bold claim: rate and batch size count only as
# $\eta/B$. Does your prediction agree with it? Here are fifteen settings, and for each of them
# twenty walks with different batches:

# %%
one_price = LeastSquares(ones, y)


def scatters(batch_size, rate):
    """How far c scatters about the mean price on 4000 steps, in each of 20 walks, (20,)."""
    paths = many_walks(one_price, one_price.best, batch_size=batch_size, n_steps=4000, fresh=True,
                       learning_rate=rate, runs=20, rng=np.random.default_rng(3))  # fmt: skip
    return np.sqrt(np.mean((paths[:, :, 0] - y.mean()) ** 2, axis=0))


# %%
measured = {
    B: {rate: scatters(B, rate) for rate in (0.02, 0.05, 0.1, 0.2, 0.4)} for B in (1, 10, 100)
}
caption = (
    "Line: the prediction. Marks: medians of 20 walks; a bar leaves out the two lowest and highest."
)
sgd_drawings.noise_ball(measured, lambda ratio: np.sqrt(y.var() / 2 * ratio), caption)

# %% tags=["author"]
assert round(float(y.var()), 2) == 2.92
assert round(0.5 * 0.1 / 1.9 * float(y.var()) / 10, 4) == 0.0077
variances = [0.0]
for _ in range(60):
    variances.append(0.81 * variances[-1] + 0.01 * float(y.var()) / 10)
assert [round(V, 4) for V in (*variances[:4], variances[-1])] == [0, 0.0029, 0.0053, 0.0072, 0.0154]
for B, by_rate in measured.items():
    for rate, runs in by_rate.items():  # 4000 steps are 4000 · rate / 2 places, at least 40
        exact = np.sqrt(y.var() * rate / (2 - rate) / B)
        assert abs(np.median(runs) / exact - 1) < 0.08, (B, rate)
        low, high = np.percentile(runs, [10, 90]) / np.median(runs)
        assert 0.9 < low < 1 < high < 1.15, (B, rate)
        assert high - low > (0.1 if rate == 0.02 else 0), (B, rate)
assert round(np.sqrt(2 / (2 - 0.4)), 2) == 1.12
same = np.median(measured[100][0.2]) / np.median(measured[10][0.02])
assert 1 < same < 1.15, same  # √(1.98 / 1.8) = 1.05, by the full formula
for own_rng in map(np.random.default_rng, range(20)):  # all agree: one at a time finds the bottom
    agreeing, truth, guess = own_rng.normal(size=(200, 3)), own_rng.normal(size=3), np.zeros(3)
    for example in agreeing[own_rng.integers(0, 200, 2000)]:
        guess -= 0.1 * (example @ guess - example @ truth) * example
    np.testing.assert_allclose(guess, truth, atol=1e-9)

# %% [markdown]
# All fifteen lie on one line, and the two settings of the question scatter alike, since the first
# asks ten times as many houses and takes steps ten times as long. This is the **noise ball**: SGD
# doesn't converge to a point but to a cloud around it. Its width grows like $\sqrt{\eta/B}$, and
# the excess cost, which goes with the distance squared, like $\eta/B$. Halving the rate and
# doubling the batch calm it alike. (The last mark of each kind lies 12 % above the line: 0.4
# is no small rate, and the full formula has $2-\eta$ in it. The bars are longest at the rate 0.02,
# where a walk takes some fifty steps to forget where it was, so that 4000 steps show only about
# eighty places that don't depend on each other.)
#
# The ball is made by prices that disagree. If one set of weights gave every example its price, all
# their gradients would vanish there together, and a constant rate would lead to the very bottom.
#
# Our formula assumed that every batch is drawn afresh. You *deal* the houses, and that is better.
# Every house has its say once per epoch, so what one pushed too far, the others take back before
# the epoch is over. Here is the same run, dealt instead of drawn:

# %%
dealt = []
for B in (1, 10, 100):
    heights = []
    for fresh in (True, False):
        paths = many_walks(one_price, one_price.best, batch_size=B, n_steps=5000, learning_rate=0.02,
                           runs=20, fresh=fresh, rng=np.random.default_rng(3))  # fmt: skip
        heights.append(one_price.excess(paths).mean(axis=0))  # (20,): twenty runs
    dealt.append((B, 0.02, *(h.mean() for h in heights), heights[0].mean() / heights[1].mean()))
show.table(dealt, ["batch", "rate", "excess, drawn afresh", "dealt out", "ratio (20 runs)"])

# %% tags=["author"]
ratios = [row[4] for row in dealt]
assert 1 < ratios[0] < 1.3, ratios
assert 2.1 < ratios[1] < 2.7, ratios
assert 12 < ratios[2] < 18, ratios

# %% [markdown]
# With batches of 100 the excess is some fifteen times lower, and with batches of 10 less than half
# as high. With single houses there is hardly a difference, because at the rate 0.02 the weight has
# forgotten a house after a few hundred others, long before the epoch ends.

# %%
from noise_question import noise_question

# %% [markdown]
# ## 5 A rate that falls
#
# A large rate is quick and hovers high; a small one is slow and hovers low. Why choose? Begin with
# large steps and end with small ones. A **schedule** says how. A common one is half a wave of the
# cosine.

# %%
from cosine_schedule import cosine_schedule


# %%
def ten_epochs(rate, schedule):
    """log₁₀ of the excess cost on the way, (50,): means of 20 steps of 20 walks."""
    paths = many_walks(linear, start, batch_size=10, n_steps=1000, learning_rate=rate, runs=20,
                       schedule=schedule, rng=np.random.default_rng(1))  # fmt: skip
    return np.log10(linear.excess(paths[1:]).reshape(50, 400).mean(axis=1))


constant, ticks = nn.SCHEDULES["constant"], np.arange(20, 1001, 20)
excess = {f"{rate} throughout": ten_epochs(rate, constant) for rate in (0.1, 0.01)}
with_own(
    lambda cosine_schedule: show.lines(
        ticks, {**excess, "cosine, 0.1 to 0": ten_epochs(0.1, cosine_schedule)},
        "step", "log₁₀ of the excess cost", "Ten epochs, batches of 10, mean of 20 walks",
    ),
    cosine_schedule=nn.SCHEDULES["cosine"],
)  # fmt: skip

# %% tags=["author"]
excess["cosine, 0.1 to 0"] = ten_epochs(0.1, nn.SCHEDULES["cosine"])
last = {name: 10 ** heights[-1] for name, heights in excess.items()}
assert 4e-3 < last["0.1 throughout"] < 6e-3
quick, slow = (excess[f"{rate} throughout"] for rate in (0.1, 0.01))
assert (slow[:20] > quick[:20]).all()  # the first 400 steps
assert (slow[-15:] < quick[-15:]).all()  # the last 300
assert slow[-1] < slow[-5] < slow[-10]
assert last["cosine, 0.1 to 0"] < 1e-4
assert round(last["0.01 throughout"] / last["cosine, 0.1 to 0"], -1) == 70

# %% [markdown]
# The constant 0.1 arrives at once and then hovers. The constant 0.01 ends below it,
# and is still on its way. The cosine is as quick as the first and ends below 0.0001, some
# seventy times lower than the better of the two. Robbins and Monro showed in 1951 with which rates
# such a search converges: they must sum to infinity (so that every place can be reached) while
# their squares don't (so that the noise dies out), like $1/t$. Schedules used today rarely obey the
# letter of it. They stop after a planned number of steps, and for large networks they often begin
# with a **warm-up**: the rate rises from 0 before it falls.
#
# **Or average.** If the weights hover *around* the lowest point, their mean should lie nearer to it
# than any of them. Take the constant rate of 0.1 once more, and the mean of the weights over the
# last 500 of the 1000 steps. The last weights alone lie 0.006 above the lowest cost. **Predict** how
# far above it the mean lies.

# %%
paths = many_walks(linear, start, batch_size=10, n_steps=1000, learning_rate=0.1, runs=20,
                   rng=np.random.default_rng(1))  # fmt: skip
at_the_end, averaged = linear.excess(paths[-1]), linear.excess(paths[500:].mean(axis=0))  # (20,)
both = [("the last weights", at_the_end.mean()), ("mean of the last 500", averaged.mean())]
show.table(both, ["", "excess cost, mean of 20 runs"])

# %% tags=["author"]
assert round(at_the_end.mean(), 3) == 0.006
assert averaged.mean() < 2e-5
assert (averaged < 0.05 * at_the_end).sum() >= 18

# %% [markdown]
# It lies several hundred times lower, for one line of code and no schedule (Polyak and Ruppert,
# around 1990). It needs a bowl. In a network only the weights of the last stretch are averaged,
# when the path no longer travels.
#
# > **A good place to stop for the day.** You can train on batches, and say how far from the bottom
# > you will hover. Tomorrow come inertia, a rate for every weight, and a race.
#
# ## 6 Momentum
#
# Noise is one trouble, and the narrow valley of the last chapter is the other. Across the valley
# the gradient is large and changes its sign at every step; along it, the gradient is small and
# always the same. An idea from mechanics helps: give the weights inertia, like a ball.
#
# $$v \leftarrow \beta\,v + g, \qquad w \leftarrow w - \eta\,v$$
#
# With $\beta = 0.9$ and a gradient that is always 1, the velocity is 1, then $0.9 + 1 = 1.9$, then
# 2.71, and in the end 10. What agrees is added up: $1 + 0.9 + 0.81 + \dots = 1/(1-0.9)$. With a
# gradient that alternates, +1, −1, +1, it is 1, then −0.1, then 0.91, and in the end ±0.53. What
# disagrees cancels. (Some books and libraries add $(1-\beta)\,g$ instead. Then the same rate takes
# steps a tenth as long. Look before you copy a learning rate.)

# %%
from momentum_step import momentum_step

# %%
rows = np.diag([1.0, 5.0]) * np.sqrt(2)  # two examples, each with an input of its own: √2 and 5√2
valley = LeastSquares(rows, np.zeros(2))  # curvatures: means of the squared inputs, 1 and 25
table = []
for name, optimiser, rate in (
    ("plain", nn.SGD(), 2 / 26),
    ("momentum 0.44", nn.Momentum(4 / 9), 1 / 9),
):
    path = walk(
        valley.gradient, [5.0, 1.0], n=2, batch_size=2, n_steps=200, learning_rate=rate,
        optimiser=optimiser, rng=np.random.default_rng(0),
    )  # fmt: skip
    arrived = int(np.argmax(valley.excess(path) < 1e-6 * valley.excess(path[0])))
    table.append((name, rate, arrived))
show.table(table, ["", "learning rate (the best one)", "steps to a millionth of the excess"])

# %% tags=["author"]
np.testing.assert_allclose(valley.hessian, np.diag([1, 25]), atol=1e-12)
assert [row[2] for row in table] == [87, 26], table
velocity, grown = 0.0, []
for _ in range(3):
    velocity = 0.9 * velocity + 1
    grown.append(round(velocity, 2))
assert grown == [1, 1.9, 2.71]
assert round(1 / 1.9, 2) == 0.53

# %% [markdown]
# There is no noise here, only a bowl with the curvatures 1 and 25, and for each method its best
# settings (plain: $\eta = 2/(1+25)$, as you know; momentum: Polyak's formulas of 1964, with the
# square roots 1 and 5 of the curvatures: $\eta = \bigl(\tfrac{2}{5+1}\bigr)^2 = \tfrac19$ and
# $\beta = \bigl(\tfrac{5-1}{5+1}\bigr)^2 = \tfrac49$). It takes 26 steps instead of 87. In the long
# run the number of steps grows with the ratio of the curvatures, 25, for plain descent, and with
# its square root, 5, for momentum, a gain of five. Here the gain is 3.3, since the velocity must
# first build up.
#
# ## 7 A rate for every weight
#
# Here is another idea. If one weight has gradients of 40 and another of 0.003, why should they
# share a learning rate? Divide each gradient by its own usual size. **RMSProp** keeps a running
# mean $s$ of the squared gradient and divides by its square root (root mean square, hence RMS):
#
# $$s \leftarrow \rho\,s + (1-\rho)\,g^2, \qquad w \leftarrow w - \eta\,\frac{g}{\sqrt{s} + \varepsilon}$$
#
# The tiny $\varepsilon$ prevents 0/0. With $\rho = 0.9$ and $s = 0$ at the start, the first step of
# both weights is $g/\sqrt{0.1\,g^2} = 3.16$ learning rates long, whether $g$ is 40 or 0.003.

# %%
from rmsprop_step import rmsprop_step

# %% [markdown]
# Why 3.16 and not 1? The mean began at 0 and hasn't caught up yet: after one step it contains a
# tenth of $g^2$. **Adam** repairs that, and adds momentum. It keeps two running means,
#
# $$m \leftarrow \beta_1 m + (1-\beta_1)\,g, \qquad v \leftarrow \beta_2 v + (1-\beta_2)\,g^2,$$
#
# usually with $\beta_1 = 0.9$ and $\beta_2 = 0.999$. (Here $v$ is a mean square, not a velocity;
# the letters are those of the paper.) With a constant $g$, after $t$ steps $m = (1-\beta_1^t)\,g$.
# So divide $m$ by $1-\beta_1^t$, and $v$ by $1-\beta_2^t$: this is the **bias correction**. Then
#
# $$w \leftarrow w - \eta\,\frac{\hat m}{\sqrt{\hat v} + \varepsilon}.$$
#
# First step, $g = 5$: $m = 0.5$ and $v = 0.025$; corrected $\hat m = 5$, $\hat v = 25$; the ratio
# is $5/5 = 1$. **Adam's first step is as long as the learning rate, in every weight, whatever the
# gradient** (if it is much larger than $\varepsilon$). Only its sign counts. That is why a rate
# means something for Adam: it is a length, in units of the weights.

# %%
from adam_step import adam_step

# %%
from adam_question import adam_question

# %% [markdown]
# ## 8 The race
#
# Now let all four run, from the same start and with the same houses in the same order. There are
# two weights, one for the area and one for the distance. On the left is the map, with the last 20
# steps of each path in full strength and the first 60 faded. In the middle you see how far above
# the lowest cost each one is, and on the right a ruler for the first step, with × for $w_1$ and ○
# for $w_2$; the upright line at 1 is one learning rate. Commit to a prediction first.

# %%
optimiser_race()

# %% [markdown]
# Find out five things:
#
# - Where does SGD hover at the rate 0.1, with batches of 1, 16 and 64? And the other three, with
#   batches of 16?
# - Which of the four hovers highest at that rate, and by about how much?
# - With *all* houses there is no noise. Which one still doesn't settle at the rate 0.1?
# - Measure the distance in another unit. What happens to the ruler of SGD, and what to Adam's?
# - In that unit, which of them survive the rate 0.1?
#
# <details><summary>What you may have found</summary>
#
# - SGD hovers at 0.051, 0.0016 and 0.0002. With batches of 16 Adam hovers at 0.0033, RMSProp at
#   0.010 and momentum at 0.024.
# - Momentum hovers ten times and more above SGD: its velocity adds up ten steps, noise included.
#   (With batches of 64 RMSProp is a little higher still.)
# - It is RMSProp. At the rate 0.1 it ends at 0.0025 even without noise. Near the bottom its $g$ is
#   small, but so is $\sqrt{s}$, so the steps don't get shorter and it jumps to and fro. Only a
#   schedule helps. (Its curve first dives to nearly nothing and rises again after some eighty
#   steps: $s$ shrinks by a tenth per step there, until $\eta/\sqrt{s}$ has grown past the edge
#   $2/\lambda_{\max}$.)
# - SGD's first step is 1.8 learning rates long in $w_1$ and 27 in $w_2$; Adam's stays 1 and 1.
# - SGD and momentum blow up with batches of 16. RMSProp and Adam survive, and hover somewhat higher
#   than before.
#
# </details>

# %% tags=["author"]
from annkit.lessons.sgd.explorer import race

by_batch = [race(1.0, 0.1, B).hovering for B in (1, 16, 64)]
np.testing.assert_allclose([now["SGD"] for now in by_batch], [0.051, 0.0016, 0.0002], rtol=0.15)
assert all(now["momentum"] > 10 * now["SGD"] for now in by_batch)
sixteen = [by_batch[1][name] for name in ("Adam", "RMSProp", "momentum")]
np.testing.assert_allclose(sixteen, [0.0033, 0.010, 0.024], rtol=0.05)
assert max(by_batch[2].values()) == by_batch[2]["RMSProp"] < 1.5 * by_batch[2]["momentum"]
noiseless = race(1.0, 0.1, 1000)
assert round(noiseless.hovering["RMSProp"], 4) == 0.0025
assert noiseless.excess["RMSProp"][60] < 1e-28
assert max(noiseless.excess["RMSProp"][85:100]) > 1e-3
assert max(noiseless.excess[name][-1] for name in ("SGD", "momentum", "Adam")) < 1e-15
other = race(5.0, 0.1, 16)
np.testing.assert_allclose(race(5.0, 0.03, 1000).first["SGD"], [1.77, 27.3], rtol=0.01)
np.testing.assert_allclose(other.first["Adam"], [1, 1], rtol=1e-6)
np.testing.assert_allclose(other.first["RMSProp"], 3.162, rtol=1e-3)
assert min(other.hovering["SGD"], other.hovering["momentum"]) > 1000
assert max(other.hovering["RMSProp"], other.hovering["Adam"]) < 0.06

# %% [markdown]
# Does Adam make standardising superfluous? A rate per weight repairs a *stretched* valley. Raw
# inputs do worse than that. Areas lie around 140 m² and ages around 40 years, far from zero, so
# every input leans the same way as the constant 1, and the valley runs *askew*. Give each method
# 640 steps and the best of 15 learning rates, judged by the median of twenty walks:

# %%
raw = LeastSquares(np.hstack([X, ones]), y)
grid = 10.0 ** np.arange(-6, 1.1, 0.5)  # (15,)


def best_of(cost, name):
    """Lowest (median excess of 20 walks after 640 steps, learning rate) on the grid."""
    ends = many_walks(
        cost, start, batch_size=40, n_steps=640, learning_rate=np.repeat(grid, 20)[:, None],
        optimiser=nn.OPTIMISERS[name](), runs=300, rng=np.random.default_rng(1),
    )[-1]  # fmt: skip
    medians = np.median(cost.excess(ends).reshape(15, 20), axis=1)
    return medians.min(), grid[medians.argmin()]


# %%
scaled = {name: (*best_of(linear, name), *best_of(raw, name)) for name in nn.OPTIMISERS}
header = ["", "standardised: excess", "best rate", "raw: excess", "best rate"]
show.table([(name, *found) for name, found in scaled.items()], header)

# %% tags=["author"]
assert all(row[0] < 0.001 for row in scaled.values())
assert min(row[2] for name, row in scaled.items() if name != "adam") > 0.14
assert min(row[2] / row[0] for row in scaled.values()) == scaled["adam"][2] / scaled["adam"][0]
assert 35 < scaled["adam"][2] / scaled["adam"][0] < 45
assert 2.5e-5 < scaled["sgd"][3] < 3.5e-5
for column in (0, 2):  # a choice among the four does less than standardising for any of them
    choice = [row[column] for row in scaled.values()]
    assert max(choice) < 10 * min(choice), choice

# %% [markdown]
# Raw inputs break all four. Plain SGD must go down to a rate of 0.00003 to survive and gets
# nowhere. Adam does best, and still ends some forty times higher than with standardised
# inputs. One line of code, standardising, does more than any choice among the four.
#
# ## 9 Two popular claims
#
# **“Bigger batches are always faster.”** Up to which size? Section 1 lets you predict it. One house
# misses by 2.08 lengths of the gradient (the table there, from 500 draws, came close), so $B$
# houses miss by $2.08/\sqrt B$, and with $2.08^2 = 4.3$ houses, error and gradient are equally
# long. This batch size is the **noise scale** [15]. Well below it a batch is mostly noise, and
# twice the batch should save up to half the steps. Well above it, there is nothing more to gain.
# But the scale moves: near the bottom the gradient vanishes, and the noise doesn't. Here it is on
# the way down with all houses, at a rate of 0.8:

# %%
down = walk(linear.gradient, start, n=1000, batch_size=1000, n_steps=20, learning_rate=0.8,
            rng=np.random.default_rng(0))  # fmt: skip
arrived = int(np.argmax(linear.excess(down) < 0.01))
noise = np.array([linear.noise_scale(w) for w in down[:arrived]])  # (arrived,)
show.table(enumerate(noise), ["step", "noise scale (houses)"], f"Mean: {noise.mean():.0f} houses")

# %% [markdown]
# **Predict** from it up to which batch size larger batches pay, and from which on they hardly do.
# To count, ask for an excess that gets below 0.01 and *stays* there for fifty steps (a first dip
# would be luck: section 4). Let every batch size have the best of nine rates, and take medians of
# twenty runs. Beside them is a rule of thumb: where all houses take one step, a batch of $B$
# takes $1 + \text{noise scale}/B$.


# %%
def needed(batch_size, n_steps):
    """Fewest steps until the excess stays below 0.01, the best of nine learning rates."""
    counts = []
    for rate in (0.00625, 0.0125, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.05):
        paths = many_walks(linear, start, batch_size=batch_size, n_steps=n_steps,
                           learning_rate=rate, runs=20, rng=np.random.default_rng(0))  # fmt: skip
        counts.append(np.median(stays_below(linear.excess(paths), 0.01, 50)))
    return float(min(counts))


# %%
limits = {1: 1500, 5: 600, 20: 300, 50: 150, 250: 100, 1000: 60}  # steps to try, by batch size
steps_needed = {B: needed(B, n_steps) for B, n_steps in limits.items()}
rule = {B: float(np.sum(1 + noise / B)) for B in limits}
counted = [(B, s, f"{rule[B]:.0f}", f"{B * s:.0f}") for B, s in steps_needed.items()]
show.table(counted, ["batch", "steps", "by the rule", "houses looked at"])

# %% tags=["author"]
np.testing.assert_allclose(list(steps_needed.values()), [672, 260, 83, 36, 11, 6], rtol=0.06)
np.testing.assert_allclose(noise, [4.3, 5.8, 18, 63, 214, 542], rtol=0.02)
assert round(float(noise.mean())) == 141
assert round(2.08**2, 1) == 4.3
assert round(float(np.sqrt(noise[0])), 2) == 2.08
assert abs(errors[0][1] / np.sqrt(noise[0]) - 1) < 0.05  # what section 1 drew
gains = -np.diff(np.log([*steps_needed.values()])) / np.diff(np.log([*limits]))  # 1 is in full
assert (gains < 1).all(), gains
assert gains[-1] == gains.min(), gains
assert round(steps_needed[1] / steps_needed[5], 1) == 2.6
off = np.array([*rule.values()]) / [*steps_needed.values()]
assert 0.55 < off.min() < off.max() < 1.35, off

# %% [markdown]
# In *steps*, larger batches win, but less and less: from 1 to 50 the steps fall by a factor of
# nineteen, from 250 to 1000 by less than two, and the bend lies between the two, where the noise
# scale put it. Nowhere is the gain in full: five houses instead of one save a factor of 2.6, not 5.
# The rule itself errs by less than a factor of two. (That the noise scale grows on the way is one
# more reason for a schedule, or for batches that grow: early on, rough directions will do.) The
# edge $2/\lambda_{\max}$ caps each step, however exact. In *houses looked at*, one at a time is
# cheapest, some 670 against 6000. What is faster by the clock depends on the machine. Where this
# was written, NumPy found the gradient of 32 houses in nearly the time it took for one, 4 µs, and
# that of 1000 in 19. That is why batches of a few dozen are so common, and why “always” is wrong.

# %%
from batch_question import batch_question

# %% [markdown]
# **“SGD cannot get stuck: its noise carries it out of local minima.”** Then give it some local
# minima. The model is $\hat y = \sin(wx)$, and 200 examples are made with $w = 2$ and some noise.
# From 31 starts between 0.5 and 8 we look for 2 at the rate 0.1: with all examples in every step,
# with batches of 16, and with single examples; the last once more at the rate 0.3. **Predict**:
# which of these searches find 2 more often than the full batch does?

# %%
rng = np.random.default_rng(3)
x = rng.uniform(-3, 3, 200)
t = np.sin(2 * x) + 0.3 * rng.normal(size=200)


def wave_gradient(w, rows):
    """Derivative of the mean of ½ (sin(w x) − t)² over some rows, (1,)."""
    a, target = x[rows], t[rows]
    return np.array([np.mean((np.sin(w[0] * a) - target) * np.cos(w[0] * a) * a)])


def search(batch_size, rate):
    """Where 31 walks of 1000 steps end, (31,)."""
    return np.array([
        walk(wave_gradient, [w], n=200, batch_size=batch_size, n_steps=1000, learning_rate=rate,
             rng=np.random.default_rng(seed))[-1, 0]
        for seed, w in enumerate(np.linspace(0.5, 8, 31))
    ])  # fmt: skip


# %%
settings = {"all 200, rate 0.1": (200, 0.1), "batch 16, rate 0.1": (16, 0.1),
            "batch 1, rate 0.1": (1, 0.1), "batch 1, rate 0.3": (1, 0.3)}  # fmt: skip
stops = {name: search(*setting) for name, setting in settings.items()}
w = np.linspace(-1, 9, 401)
wave_cost = 0.5 * np.mean((np.sin(w[:, None] * x) - t) ** 2, axis=1)
sgd_drawings.ends(
    w, wave_cost, stops,
    "Top: the cost. Below: where 31 walks ended; the higher a mark, the further right its start."
    " At the right edge: further out.",
)  # fmt: skip

# %% tags=["author"]
near = {name: int(np.sum(np.abs(found - 2) < 0.5)) for name, found in stops.items()}
assert (near["all 200, rate 0.1"], near["batch 16, rate 0.1"]) == (12, 12), near
assert 12 <= near["batch 1, rate 0.1"] <= 16, near
assert near["batch 1, rate 0.3"] >= 28, near
valleys = np.array([-0.1, 2.0, 4.6, 7.1])
into = [np.abs(stops[name][:, None] - valleys).argmin(axis=1) for name in list(settings)[:2]]
assert (into[0] == into[1]).all()
assert np.sum(stops["batch 1, rate 0.3"] > 9) == 2
wander = {name: np.std(found[np.abs(found - 2) < 0.5]) for name, found in stops.items()}
assert wander["all 200, rate 0.1"] < 1e-9
assert 0.1 < wander["batch 1, rate 0.3"] < 0.2


# %% tags=["author", "long"]
def arrivals(batch_size, rate):
    """How many of the 31 walks arrive in each of twenty other draws, (20,)."""
    own_rng, w = np.random.default_rng(0), np.tile(np.linspace(0.5, 8, 31), 20)  # (620,)
    for step in range(1000):
        place = step % -(-200 // batch_size) * batch_size
        if place == 0:
            order = own_rng.permuted(np.tile(np.arange(200), (620, 1)), axis=1)
        rows = order[:, place : place + batch_size]
        a, target, z = x[rows], t[rows], w[:, None] * x[rows]
        w = w - rate * np.mean((np.sin(z) - target) * np.cos(z) * a, axis=1)
    return np.sum(np.abs(w.reshape(20, 31) - 2) < 0.7, axis=1)


others = [arrivals(*setting) for setting in ((16, 0.1), (1, 0.1), (1, 0.3))]
assert [(found.min(), found.max()) for found in others] == [(12, 12), (12, 21), (24, 29)], others

# %% [markdown]
# With batches of 16, SGD gets stuck in the very same valleys as full-batch descent, walk by walk:
# 12 of 31 arrive at 2, and the starting point alone decides. Single examples do little better at
# that rate: noise helps only when it is large enough to climb the ridge. At three times the rate
# most of them arrive; but a noise that carries you out of a bad valley carries you out of a
# good one too: two walks ran off to the right, and the others don't settle but stray by about 0.13
# (standard deviation) around 2. (In twenty other draws 12 arrive each time with batches of 16, 12
# to 21 with single examples, and 24 to 29 at the larger rate.)
#
# So noise *can* free SGD, if the barrier is low compared with $\eta/B$, but nothing is guaranteed.
# (In large networks bad valleys seem to be rare for another reason: with many parameters there is
# nearly always a direction that still leads down.)
#
# ## 10 Break it
#
# Back to the linear model, one house per step, rate 0.1: plain SGD hovers at 0.1. Switch momentum
# on, β = 0.9, and change nothing else. **Predict first**: faster? lower? higher? Then the same with
# all houses per step.

# %%
plain, rolling = nn.SGD(), nn.Momentum(0.9)
broken = []
for optimiser, rate in ((plain, 0.1), (rolling, 0.1), (rolling, 0.01), (plain, 1.0)):
    heights = []
    for batch_size in (1, 1000):
        path = walk(
            linear.gradient, start, n=1000, batch_size=batch_size, n_steps=1000,
            learning_rate=rate, optimiser=optimiser, rng=np.random.default_rng(1),
        )  # fmt: skip
        heights.append(float(linear.excess(path[500:]).mean()))
    broken.append(("plain SGD" if optimiser is plain else "momentum", rate, *heights))
show.table(broken, ["", "learning rate", "excess, one house per step", "excess, all per step"])

# %% tags=["author"]
one, all_together = (np.array([row[k] for row in broken], dtype=float) for k in (2, 3))
np.testing.assert_allclose(one[[0, 2]], 0.1, atol=0.015)
assert min(one[1], one[3]) > 1e20
assert max(all_together) < 1e-8
lengths = (A**2).sum(axis=1)
np.testing.assert_allclose([lengths.mean(), lengths.max()], [5, 11.9], rtol=0.01)
assert round(float(np.linalg.eigvalsh(linear.hessian)[-1]), 2) == 1.86

# %% [markdown]
# It explodes with single houses, and only with them. So does the last row, plain SGD at the rate 1,
# without momentum but with ten times the rate. One number helps to see why. The cost of *one*
# house, $\tfrac12 (a\cdot w - y)^2$ with its row $a$ of inputs and the constant 1, is a bowl too,
# with the curvature $\lVert a \rVert^2$: 5 on average, 11.9 at most. The cost of all houses
# together curves with 1.86 at most.

# %%
from break_momentum import break_momentum

# %% [markdown]
# ## 11 A hidden layer, and the end of patience
#
# You have all of the seven steps but one. Step 5 said that you should find the gradient. For a
# linear model you derived it in chapter 6. For a network you can *measure* it: nudge one parameter
# up and down, compare the costs, and go on to the next parameter. `measured_gradient` does that.
# Here are two models with their parameters in one vector $v$: the line with 5, and a network with 4
# hidden tanh units and 25.

# %%
inputs = A[:, :4]


def line(v, inputs):
    """Predictions (batch,) of the linear model; v is (5,)."""
    return inputs @ v[:4] + v[4]


def network(v, inputs):
    """Predictions (batch,) of a 4-4-1 network with tanh; v is (25,)."""
    hidden = np.tanh(inputs @ v[:16].reshape(4, 4) + v[16:20])  # (batch, 4)
    return hidden @ v[20:24] + v[24]


# %%
def train_measured(model, n_parameters):
    """Five epochs of SGD with measured gradients; batches of 10, rate 0.1, cosine."""

    def gradient(v, rows):
        def cost(v):
            return 0.5 * np.mean((model(v, inputs[rows]) - y[rows]) ** 2)

        return measured_gradient(cost, v)

    start = 0.5 * np.random.default_rng(0).normal(size=n_parameters)
    return walk(gradient, start, n=1000, batch_size=10, n_steps=500, learning_rate=0.1,
                schedule=nn.SCHEDULES["cosine"], rng=np.random.default_rng(1))  # fmt: skip


# %%
X_new, price_new = data.houses(1000, np.random.default_rng(8))  # houses nobody has trained on
inputs_new, y_new = (X_new - X.mean(axis=0)) / X.std(axis=0), price_new / 100
results = []
for name, model, size in (("line", line, 5), ("network", network, 25)):
    miss = model(train_measured(model, size)[-1], inputs_new) - y_new
    square = np.mean(miss**2)
    results.append((name, size, 100 * np.sqrt(square), 1 - square / y_new.var()))
show.table(results, ["model", "parameters", "typical miss (thousands)", "R² on new houses"])

# %% tags=["author"]
(miss_line, r2_line), (miss_network, r2_network) = (row[2:] for row in results)
np.testing.assert_allclose([miss_line, miss_network], [60, 36], atol=1)
np.testing.assert_allclose([r2_line, r2_network], [0.86, 0.95], atol=0.005)
assert data.HOUSE_NOISE == 25
# ten times the epochs with exact gradients: how far 25 parameters could get
patient = nn.Network([4, 4, 1], hidden="tanh", output="identity", rng=np.random.default_rng(0))
patient.fit(inputs, y[:, None], n_epochs=50, batch_size=10, learning_rate=0.1, schedule="cosine",
            rng=np.random.default_rng(1), progress=False)  # fmt: skip
assert 0.96 < patient.score(inputs_new, y_new[:, None]) < 0.98


# %% tags=["author", "long"]
def misses(sizes):
    """The same five epochs with exact gradients, from twenty starts: (20,), in thousands."""
    found = []
    for seed in range(20):
        net = nn.Network(sizes, hidden="tanh", output="identity", rng=np.random.default_rng(seed))
        net.flat[:] = 0.5 * np.random.default_rng(seed).normal(size=net.flat.size)
        net.fit(inputs, y[:, None], n_epochs=5, batch_size=10, learning_rate=0.1,
                schedule="cosine", rng=np.random.default_rng(seed), progress=False)  # fmt: skip
        found.append(100 * np.sqrt(np.mean((net.predict(inputs_new)[:, 0] - y_new) ** 2)))
    return np.array(found)


for lowest, middle, highest, sizes in ((59.7, 59.8, 60, [4, 1]), (33.9, 38.3, 45.7, [4, 4, 1])):
    measured_in = np.percentile(misses(sizes), [0, 50, 100])
    np.testing.assert_allclose(measured_in, [lowest, middle, highest], atol=0.5)

# %% [markdown]
# It works. On new houses the line typically misses by 60 thousand and the network by 36, where 25
# is the noise that nobody can predict. (R² is the share explained, of chapter 4. From twenty other
# starts the line misses by 60 each time, the network by 34 to 46.) A price per
# square metre that falls with the distance is a product of two inputs. No line can say that, and a
# hidden layer can. Seven steps, and gradients that were only measured, have trained a neural
# network. (If your `sgd_epoch` passed, the picture below its check showed the same with your own
# code.)
#
# And now count. One gradient takes two costs per parameter, 50 for this network, each for a batch
# of ten. More parameters mean more nudges, and each nudge costs more.


# %%
def seconds_of(calls, args, in_a_row):
    """Seconds of each call: the quickest of 30 tries, in turns; several in a row for coarse clocks."""
    took = np.empty((30, len(calls)))
    for one_try in took:
        for k, call in enumerate(calls):
            began = time.perf_counter()
            for _ in range(in_a_row):
                call(*args)
            one_try[k] = (time.perf_counter() - began) / in_a_row
    return took.min(axis=0)


timings = []
for sizes, in_a_row in (([4, 4, 1], 20), ([4, 128, 64, 1], 20), ([784, 128, 64, 10], 1)):
    net = nn.Network(sizes, hidden="tanh", output="identity", rng=np.random.default_rng(0))
    batch, target = np.zeros((32, sizes[0])), np.zeros((32, sizes[-1]))
    cost, gradient = seconds_of((net.cost, net.backprop), (batch, target), in_a_row)
    n, name = net.flat.size, "-".join(map(str, sizes))
    timings.append((name, n, 2 * n, 1000 * cost, 2 * n * cost, gradient / cost))
columns = ["network", "parameters", "costs per step", "one cost (ms)", "so one step takes (s)"]
show.table(timings, [*columns, "backprop takes (costs)"])

# %% tags=["author"]
assert [row[1:3] for row in timings] == [(25, 50), (8961, 17922), (109386, 218772)]
assert 60_000 / 32 == 1875

# %% [markdown]
# The last network reads handwritten digits of 28 × 28 pixels, a small one by today's standards. Its
# 109 386 parameters mean 218 772 costs for *one* step. On the machine this was written on, that takes
# about a minute. An epoch of 60 000 pictures in batches of 32 has 1875 steps, so a single epoch
# takes more than a day.
#
# Now look at the last column. `backprop` of the course's library finds the *same* gradient, all
# 109 386 numbers of it, exact to the last digits, in the time of a few costs, however large the
# network. (The clock wobbles; chapter 10 counts.) It neither samples nor approximates. It only uses
# the chain rule, and does nothing twice. How? That is what the next three chapters are for.
#
# ## Recap
#
# | method | what it is | what goes wrong |
# |---|---|---|
# | full batch | the exact gradient of all examples | one step per epoch |
# | SGD, mini-batch | an unbiased guess; its error falls like $1/\sqrt B$ | hovers: excess cost in proportion to $\eta/B$ |
# | epoch | one pass through the data, ⌈n/B⌉ steps | “one forward and backward pass” |
# | schedule | large steps first, small ones last | must know when the end is |
# | momentum | adds up what agrees: $1/(1-\beta)$ times as far | so does the noise; ten times the rate in disguise |
# | RMSProp | each weight in units of its own gradient | steps never get shorter by themselves |
# | Adam | both, corrected for the start; first step = η | works weight by weight: an askew valley stays askew |
# | measured gradient | two costs per parameter | a minute per step for a small network |
#
# Close the notebook for a minute and say aloud: why is a guess from one house good enough? Why
# doesn't SGD come to rest, and what are three ways to calm it? What do most people get wrong about
# an epoch?
#
# ## What you built
#
# `minibatches`, `sgd_step`, `sgd_epoch`, `momentum_step`, `rmsprop_step`, `adam_step` and
# `cosine_schedule`: all seven steps but the fifth, for every network to come. What passed is in
# your own module `my_ann.py`.

# %%
progress()

# %% [markdown]
# ## History and limits
#
# Robbins and Monro (1951) found the zero of a function that can only be measured with noise; SGD is
# their method, applied to a gradient [1]. A year later Kiefer and Wolfowitz did it with finite
# differences, as you did in section 11 [2]. Widrow and Hoff trained single units one example at a
# time in 1960 [3]. Polyak gave momentum in 1964, with the square root of the ratio of curvatures
# [4]; Nesterov's variant looks ahead [5]. Duchi, Hazan and Singer divided each gradient by its own
# history (AdaGrad, 2011) [6]; Hinton replaced the sum by a running mean in a lecture of 2012 [7];
# Kingma and Ba added the bias correction and called it Adam [8]. Half a cosine wave is due to
# Loshchilov and Hutter [9]. Bottou made the case for SGD on large data [10].
#
# **What this chapter doesn't settle.** Adam is not the best for everything: there are simple
# problems on which it fails to converge [11], and on some tasks plain SGD with momentum ends better
# on new data [12]. Where weights are also to be kept small, AdamW is the usual choice: it shrinks
# them in a step of its own, which no running mean rescales [16]. How far larger batches help has
# been measured for many networks: perfect scaling first, then less, then nothing, with different
# places for the bends [13] (our table shows neither end); the noise scale tells these places from
# gradients alone, to within a factor [15]. Whether the noise itself makes networks *generalise*
# better [14] is still argued about. Our bowls and one wavy line are small on purpose. They show
# exactly what happens, and only the direction of the effects carries over.
#
# <details><summary>References</summary>
#
# 1. H. Robbins, S. Monro, *A stochastic approximation method*, Annals of Mathematical Statistics 22, 400–407, 1951
# 2. J. Kiefer, J. Wolfowitz, *Stochastic estimation of the maximum of a regression function*, Annals of Mathematical Statistics 23, 462–466, 1952
# 3. B. Widrow, M. E. Hoff, *Adaptive switching circuits*, IRE WESCON Convention Record 4, 96–104, 1960
# 4. B. T. Polyak, *Some methods of speeding up the convergence of iteration methods*, USSR Computational Mathematics and Mathematical Physics 4(5), 1–17, 1964
# 5. Y. Nesterov, *A method of solving a convex programming problem with convergence rate O(1/k²)*, Soviet Mathematics Doklady 27, 372–376, 1983
# 6. J. Duchi, E. Hazan, Y. Singer, *Adaptive subgradient methods for online learning and stochastic optimization*, Journal of Machine Learning Research 12, 2121–2159, 2011
# 7. T. Tieleman, G. Hinton, *Lecture 6.5 – RMSProp*, COURSERA: Neural Networks for Machine Learning, 2012
# 8. D. P. Kingma, J. Ba, *Adam: a method for stochastic optimization*, ICLR 2015, arXiv:1412.6980
# 9. I. Loshchilov, F. Hutter, *SGDR: stochastic gradient descent with warm restarts*, ICLR 2017, arXiv:1608.03983
# 10. L. Bottou, *Large-scale machine learning with stochastic gradient descent*, COMPSTAT 2010
# 11. S. J. Reddi, S. Kale, S. Kumar, *On the convergence of Adam and beyond*, ICLR 2018
# 12. A. C. Wilson, R. Roelofs, M. Stern, N. Srebro, B. Recht, *The marginal value of adaptive gradient methods in machine learning*, NIPS 2017, arXiv:1705.08292
# 13. C. J. Shallue, J. Lee, J. Antognini, J. Sohl-Dickstein, R. Frostig, G. E. Dahl, *Measuring the effects of data parallelism on neural network training*, Journal of Machine Learning Research 20(112), 2019
# 14. N. S. Keskar, D. Mudigere, J. Nocedal, M. Smelyanskiy, P. T. P. Tang, *On large-batch training for deep learning: generalization gap and sharp minima*, ICLR 2017, arXiv:1609.04836
# 15. S. McCandlish, J. Kaplan, D. Amodei et al., *An empirical model of large-batch training*, 2018, arXiv:1812.06162
# 16. I. Loshchilov, F. Hutter, *Decoupled weight decay regularization*, ICLR 2019, arXiv:1711.05101
#
# </details>
#
# ## Glossary
#
# | English | Chinese | in this chapter |
# |---|---|---|
# | stochastic gradient descent (SGD) | 随机梯度下降 | descent along the gradient of a random sample |
# | full batch | 全批量 | all examples for every step |
# | mini-batch | 小批量 | a few examples for every step |
# | online learning | 在线学习 | one example at a time |
# | epoch | 轮次 | one pass through all examples |
# | shuffle | 打乱 | put into random order |
# | unbiased | 无偏 | right on average |
# | variance | 方差 | mean squared distance from the mean |
# | noise ball | 噪声球 | the cloud around the lowest point in which SGD hovers |
# | noise scale | 噪声尺度 | the batch whose gradient errs by as much as it is long |
# | excess cost | 超额代价 | cost above the lowest possible |
# | schedule | 学习率调度 | a learning rate that changes over time |
# | momentum | 动量 | a velocity that adds up gradients |
# | running mean | 滑动平均 | a mean that slowly forgets |
# | RMSProp | 均方根传播 | gradient divided by its own root mean square |
# | Adam | 自适应矩估计 | momentum and RMSProp with bias correction |
# | bias correction | 偏差修正 | undoes the start at zero |
# | local minimum | 局部极小值 | lowest point of its neighbourhood only |
# | reinforcement learning | 强化学习 | learning from rewards: another question |
