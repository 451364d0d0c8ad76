# %% [markdown]
# # 2 · Perceptrons
#
# **About 95 minutes of reading, and 85 for the exercises.** Afterwards
# you can
#
# - compute what a perceptron decides, and how far each example lies from its boundary;
# - read weights as coefficients, and say when not to;
# - let a perceptron learn, and say beforehand how many corrections it can need at most;
# - prove that no line computes XOR, and build the two layers that do it.
#
# It builds on [the weighted sum](../ch00_welcome/ch00_welcome.ipynb) and on
# [gates](../ch01_neurons/ch01_neurons.ipynb). You need the product of two vectors and the length of a
# vector.

# %%
import itertools

import numpy as np

from annkit import check, data, hint, progress, quiz, show, solution
from annkit.exercises.my_ann.own_pictures import with_own
from annkit.lessons.perceptron import learning as perceptron
from annkit.lessons.perceptron import pictures as drawings
from annkit.lessons.perceptron import proof as perceptron_proof
from annkit.lessons.perceptron.explorer import perceptron_steps

# %% [markdown]
# ## Three questions from earlier
#
# Without scrolling back. They give no points; they show you what to look up.

# %%
from recall_weighted_sum import recall_weighted_sum

# %%
from recall_inhibition import recall_inhibition

# %%
from recall_rheobase import recall_rheobase

# %% [markdown]
# ## 1 Six fruits on a belt
#
# In July 1958 reporters in Washington watched a program on an IBM 704. It was fed cards that were
# marked on the left or on the right, and after about fifty of them it told the two kinds apart. The
# newspapers wrote of a machine that would one day walk, talk and know that it exists. The rule that
# came out of this work fits on one line, and you will write it today.
#
# We sort fruit instead of cards. Six fruits come along a belt, and a camera and a scale measure two
# numbers for each. The machine says *lemon* (−1) or *orange* (+1), and is then told the truth.
# Three questions run through the chapter:
#
# 1. Can it find a rule by itself, from its mistakes alone?
# 2. How many mistakes can that take, at worst?
# 3. What if there is no rule to find?

# %%
X, y = data.fruits()  # X (6, 2), y (6,)
kinds, written = {-1: "lemon", 1: "orange"}, {-1: "−1", 1: "+1"}
show.table(
    [(i + 1, *X[i], kinds[y[i]], written[y[i]]) for i in range(6)],
    ["fruit", *data.FRUIT_FEATURES, "kind", "label y"],
)

# %% [markdown]
# ## 2 A score and a threshold
#
# Look at the table: lemons are light and long. Try a rule of thumb. Take the mass, subtract the
# length ratio, and call it an orange if something is left.
#
# - fruit 1: 1.0 − 1.4 = −0.4, negative: lemon. Right.
# - fruit 4: 1.5 − 1.1 = 0.4, not negative: orange. Right.
#
# This is a neuron with the weights $w = (1, -1)$ and the bias $b = 0$. Its **score** for an example
# $x$ is the weighted sum $z = x \cdot w + b$, and its decision is the sign:
#
# $$\hat y = +1 \text{ if } z \ge 0, \text{ else } -1.$$
#
# It is the unit that you made gates of in the last chapter. Only its two answers have new names.
# With one example per row, all scores come at once: `X (6, 2) @ w (2,) + b` has the shape `(6,)`.

# %%
w, b = np.array([1.0, -1.0]), 0.0
scores = X @ w + b
print(scores.round(2), "labels:", y)

# %% tags=["author"]
assert np.allclose(scores, [-0.4, 0.8, -0.1, 0.4, -0.6, 0.9])
assert ((scores >= 0) == (y > 0)).all()

# %% [markdown]
# The rule of thumb sorts all six. (We chose it by looking, which is cheating. Soon the machine has
# to find its own.) First, write the decision.

# %%
from perceptron_predict import perceptron_predict

# %% [markdown]
# ## 3 Without the threshold: a straight line
#
# Drop the threshold and keep the score: the neuron now predicts a *number*. With one input
# this is the line from school, $y = mx + c$: the weight is the slope $m$, the bias is the
# intercept $c$. Finding the line that misses least, in the sum of squared misses, is **linear
# regression**.
#
# How much juice does an orange give? Six oranges were weighed and pressed.

# %%
grams = np.array([120, 150, 180, 200, 240, 260])
juice = np.array([45, 60, 71, 83, 97, 105])  # ml
A = np.column_stack([grams, np.ones(6)])  # (6, 2): the bias is the weight of a constant 1
m, c = np.linalg.lstsq(A, juice)[0]  # least squares: the m and c that miss least
print(f"juice = {m:.3f} · mass + ({c:.2f});  170 g give {m * 170 + c:.1f} ml")

# %% tags=["author"]
assert (round(m, 3), round(c, 2), round(m * 170 + c, 1)) == (0.426, -4.85, 67.6)

# %% [markdown]
# A weight in such a neuron is a **coefficient** with a unit: each further gram of orange gives
# 0.426 ml more juice. That is worth reading, but there are two traps. Take 24 oranges and a second
# input, the days since harvest.

# %%
rng = np.random.default_rng(1)
mass, days = rng.uniform(120, 260, 24).round(), rng.integers(0, 15, 24)
pressed = (0.42 * mass - 0.9 * days - 4 + rng.normal(0, 2, 24)).round()
per_gram, per_day, _ = np.linalg.lstsq(np.column_stack([mass, days, np.ones(24)]), pressed)[0]
print(f"per gram {per_gram:.2f} ml, per day {per_day:.2f} ml")
print(
    f"times the standard deviation: {per_gram * mass.std():.1f} and {per_day * days.std():.1f} ml"
)

# %% tags=["author"]
assert (round(per_gram, 2), round(per_day, 2)) == (0.41, -0.85)
assert (round(per_gram * mass.std(), 1), round(per_day * days.std(), 1)) == (15.7, -3.4)
assert (round(mass.std()), round(days.std())) == (38, 4)

# %% [markdown]
# **Trap 1, units.** 0.85 is twice 0.41. Are days twice as important as mass, then? No: one more day
# and one more gram are not comparable steps. These oranges usually differ by some 38 grams and 4
# days (one standard deviation). Per *usual* difference, mass moves the juice by 15.7 ml and days by
# 3.4 ml. Compare coefficients only when the inputs are on comparable scales.
#
# **Trap 2, copies.** Weigh each orange on a second balance that errs by about a gram, and give the
# neuron both readings and the days. Fit it twice, to twelve oranges each. **Predict first:** in what
# will the two fits agree: in $w_1$, in $w_2$, in their sum, in the juice of one more orange (240 g,
# a week old)?

# %%
second = (mass + rng.normal(0, 1, 24)).round(1)
both = np.column_stack([mass, second, days, np.ones(24)])
for name, part in {"first twelve": slice(0, 12), "last twelve": slice(12, 24)}.items():
    fit = np.linalg.lstsq(both[part], pressed[part])[0]  # (4,): two masses, days, constant
    w1, w2, says = fit[0], fit[1], fit @ [240, 240, 7, 1]
    print(f"{name}: w1 = {w1:5.2f}, w2 = {w2:5.2f}, sum {w1 + w2:.2f}; 240 g give {says:.1f} ml")

# %% tags=["author"]
fits = [np.linalg.lstsq(both[part], pressed[part])[0] for part in (slice(0, 12), slice(12, 24))]
assert [(round(f[0], 2), round(f[1], 2), round(f[0] + f[1], 2)) for f in fits] == [
    (1.02, -0.59, 0.43),
    (-0.33, 0.74, 0.41),
]
said = [f @ [240, 240, 7, 1] for f in fits]
assert abs(said[0] - said[1]) < 1
harvests = []
for seed in range(2000):  # the same with fresh oranges
    fresh = np.random.default_rng(seed)
    grams_, days_ = fresh.uniform(120, 260, 12).round(), fresh.integers(0, 15, 12)
    juice_ = (0.42 * grams_ - 0.9 * days_ - 4 + fresh.normal(0, 2, 12)).round()
    again = (grams_ + fresh.normal(0, 1, 12)).round(1)
    inputs = np.column_stack([grams_, again, days_, np.ones(12)])
    f = np.linalg.lstsq(inputs, juice_)[0]
    harvests.append((f[0], f[0] + f[1], f @ [240, 240, 7, 1]))
nine_in_ten = np.quantile(harvests, [0.05, 0.95], axis=0).T
assert nine_in_ten[0].round(1).tolist() == [-0.8, 1.6]
assert nine_in_ten[1].round(2).tolist() == [0.39, 0.45]
assert nine_in_ten[2].round().tolist() == [89, 92]

# %% [markdown]
# Both inputs say the same thing, so where one weight is too large, the other makes up for it, and the
# last grain of noise decides. The *sum* and the predictions are steady; a single weight means
# nothing. (No lucky pair: in nine of ten fresh harvests of twelve, $w_1$ lies between −0.8 and 1.6,
# the sum between 0.39 and 0.45, the prediction between 89 and 92 ml.) The popular rule that “inputs
# must be independent” is half true, then. *Reading* single weights needs it. *Predicting* doesn't, as
# long as the inputs stay related in the same way: both balances have to go on agreeing.

# %%
from copies_question import copies_question

# %% [markdown]
# ## 4 Where is the boundary?
#
# Back to decisions. They change where the score is 0. Take easy numbers, $w = (3, 4)$ and $b =
# -10$: the point (2, 1) scores $6 + 4 - 10 = 0$, so it lies on the boundary, and so does (−2, 4).
# From one to the other you walk $(-4, 3)$, and $(-4, 3)\cdot(3, 4) = -12 + 12 = 0$: **the weights
# stand at a right angle to the boundary**, and they point to the side of +1.
#
# Now walk from (2, 1) straight away from the boundary, one unit along $w$. That is the step $(3,
# 4)/5$, because $w$ has length $\sqrt{9 + 16} = 5$. The score grows by $(3\cdot 3 + 4\cdot 4)/5 =
# 5$, five for each unit walked. A point with the score 20 is therefore $20/5 = 4$ units away. In
# general
#
# $$\text{signed distance} = \frac{x\cdot w + b}{\lVert w\rVert}.$$
#
# Double $w$ and $b$, and all scores double, but no distance changes and the line stays where it
# was. The score alone tells you the side, never how close the point is. Weights and bias that put
# all examples on their right sides are called a **separator**.

# %%
caption = "The rule of thumb, the arrow w at a right angle to it, and all signed distances. "
caption += "Shaded: scores of 0 or more. Two lemons lie on one perpendicular, one behind the other."
drawings.boundary_line(X, y, w, b, ("lemon", "orange"), data.FRUIT_FEATURES, caption)

# %%
from margin import margin

# %%
from boundary_question import boundary_question

# %% [markdown]
# ## 5 Learning from mistakes
#
# Now forget the rule of thumb. The machine starts with $w = (0, 0)$, $b = 0$, and Rosenblatt's rule
# is: *if an example is on its right side, do nothing. If not, add it to the weights if it should
# have been +1, subtract it if it should have been −1*; and treat the bias as the weight of a constant
# input 1. A score of exactly 0 counts as a mistake for both kinds, although section 2 calls it +1: such an
# example lies *on* the boundary, on no side of it. (With zero weights they all do.)
#
# | fruit | score | so | $w$ afterwards | $b$ afterwards |
# |---|---|---|---|---|
# | 1 (1.0, 1.4), −1 | 0 | mistake: subtract | (−1.0, −1.4) | −1 |
# | 2 (1.8, 1.0), +1 | −1.8 − 1.4 − 1 = −4.2 | mistake: add | (0.8, −0.4) | 0 |
# | 3 (1.2, 1.3), −1 | 0.96 − 0.52 = 0.44 | mistake: subtract | (−0.4, −1.7) | −1 |
#
# Does a correction help? Show fruit 2 again after its own correction: $1.44 - 0.4 + 0 = 1.04$. The
# score rose by $5.24 = 1.8^2 + 1.0^2 + 1^2$, the squared length of the example with its constant 1.
# It always moves in the right direction by that much. But it may not be enough, and it can spoil
# other examples. After three fruits, fruit 2 scores $-0.72 - 1.7 - 1$ and is wrong once more. Is it
# one step forward and one step back? Write the rule, then watch.

# %% tags=["author"]
by_hand = list(itertools.islice(perceptron.steps(X, y), 3))
assert np.allclose([s.score for s in by_hand], [0, -4.2, 0.44])
assert np.allclose([s.w for s in by_hand], [[-1, -1.4], [0.8, -0.4], [-0.4, -1.7]])
assert [s.b for s in by_hand] == [-1, 0, -1]
assert np.isclose(X[1] @ by_hand[1].w + by_hand[1].b, 1.04)
assert X[1] @ by_hand[2].w + by_hand[2].b < 0

# %%
from perceptron_update import perceptron_update

# %% [markdown]
# ## 6 Watch it learn
#
# Left: fruits, boundary (dashed: before the step), and the fruit just shown, ringed. Right: the
# same weights as an arrow from zero; a correction adds the amber arrow to it. Below: corrections so
# far, and the most there can be. Commit to a prediction. Then click once on the slider for the
# steps, and the arrow keys will move it. Try the other three sets, in the menu *examples* or by the
# buttons. One of them, *standardised*, has the same six fruits with both inputs on one scale: there
# is more room between the kinds, a wider margin.

# %%
perceptron_steps()

# %% [markdown]
# Did you expect more? The path zigzags, each lemon pulling one way and each orange the other, yet
# its tip drifts steadily along the dotted line. The proof below rests on that drift. For XOR, and
# for one wrong label, no dotted line is drawn: sections 9 and 11 say why.
#
# An **epoch** is one pass through all examples. The learning is over after an epoch without a
# single correction, and only then.

# %%
from perceptron_fit import perceptron_fit

# %% [markdown]
# > **A good place to stop for the day.** You have a machine that learns from its mistakes, and you
# > have watched it come to rest. Tomorrow you will see why it must, and what it does when it can't.
#
# ## 7 Why it must end
#
# **Shorthand for the machine.** Append the constant 1 to each example and the bias to the weights:
# $\hat x = (x, 1)$ and $\hat w = (w, b)$. Then the score is one product, $\hat x\cdot\hat w$. Now
# multiply each example by its label: the **signed example** $s = y\,\hat x$. Everything becomes
# short:
#
# - an example is right if $s\cdot\hat w > 0$;
# - a correction is $\hat w \leftarrow \hat w + s$.
#
# Fruit 1 becomes $s = -(1.0, 1.4, 1) = (-1.0, -1.4, -1)$, and that is what $\hat w$ was after one
# step. Here are all six:

# %%
signed = perceptron.signed_examples(X, y)  # (6, 3)
print(signed)

# %% [markdown]
# **How hard is this set of examples?** One direction and two numbers say it. They belong to the
# examples alone, and the machine knows none of them.
#
# - $u$: *some* separator, scaled to length 1. We assume that one exists. For the fruits, the rule
#   of thumb would do.
# - $\gamma$ (gamma): the smallest of the products $s\cdot u$. All of them are $\ge \gamma > 0$. We
#   take the $u$ with the largest $\gamma$, $(0.705, -0.701, -0.110)$. Its first two numbers point
#   along the dotted line of section 6. (*One or the other*, below, tells how it was found. You need
#   not trust it: six products show that it separates.)
# - $R$: the length of the longest $s$.

# %%
_, mixture = perceptron.nearest_mixture(signed)
gamma = float(np.linalg.norm(mixture))
u = mixture / gamma  # (3,), length 1
R = float(np.linalg.norm(signed, axis=1).max())
print("u =", u.round(3), " s·u =", (signed @ u).round(3))
print(f"γ = {gamma:.4f}, R² = {R**2:.2f}")

# %% tags=["author"]
assert np.allclose(u, [0.705, -0.701, -0.110], atol=5e-4)
assert np.isclose(gamma, 0.1758, atol=5e-5)
assert np.isclose((signed @ u).min(), gamma)
assert np.isclose(R**2, 6.21)

# %% [markdown]
# **Step 1: the arrow grows along $u$.** Since $u$ has length 1, $u\cdot\hat w$ is the length of the
# *shadow* that the arrow $\hat w$ throws on $u$. A correction adds an $s$, so it lengthens the shadow
# by $u\cdot s$, which is at least $\gamma$. Each single one:

# %%
made = perceptron.corrections(X, y)
w_hat = np.array([[*s.w, s.b] for s in made])  # (15, 3): after each correction
perceptron_proof.shadow(w_hat, u, gamma)

# %% tags=["author"]
assert (np.diff(w_hat @ u, prepend=0) >= gamma - 1e-12).all()

# %% [markdown]
# After $k$ corrections from zero the shadow is at least $k\gamma$ long, and no arrow is shorter than
# its shadow:
#
# $$\lVert\hat w\rVert \ge u\cdot\hat w \ge k\,\gamma. \tag{1}$$
#
# **Step 2: it cannot grow fast.** Multiply out the new length:
#
# $$\lVert\hat w + s\rVert^2 = \lVert\hat w\rVert^2 + 2\,s\cdot\hat w + \lVert s\rVert^2.$$
#
# We correct only mistakes, so the middle term is $\le 0$. The last is at most $R^2$. So each correction
# adds at most $R^2$, and after $k$ of them
#
# $$\lVert\hat w\rVert^2 \le k\,R^2. \tag{2}$$
#
# **Step 3: squeeze.** (1) and (2) together say $k\gamma \le \lVert\hat w\rVert \le \sqrt{k}\,R$. Divide by
# $\sqrt{k}\,\gamma$ and square:
#
# $$\boxed{k \le (R/\gamma)^2}$$
#
# The length must grow like $k$ but can only grow like $\sqrt{k}$. The two collide, and for the
# fruits they do so at $6.21/0.1758^2$, after 200 corrections. Check each inequality at each
# correction:

# %%
k = np.arange(1, len(made) + 1)
print("(1)", (w_hat @ u >= k * gamma).all(), " (2)", ((w_hat**2).sum(axis=1) <= k * R**2).all())
perceptron_proof.two_inequalities(np.linalg.norm(w_hat, axis=1), gamma, R)

# %% tags=["author"]
assert len(made) == 15
assert made[-1].epoch == 4
assert int((R / gamma) ** 2) == 200
assert (w_hat @ u >= k * gamma).all()
assert ((w_hat**2).sum(axis=1) <= k * R**2).all()

# %% [markdown]
# Note where each assumption went in. The separator is used only in step 1. "Correct only mistakes"
# is used only in step 2, and that is why a rule that adds *every* example has no such theorem.
# Every separator proves a bound of its own. The rule of thumb, with its smaller $\gamma =
# 0.1/\sqrt{2}$, proves only 1242.

# %% tags=["author"]
thumb = np.array([1, -1, 0]) / np.sqrt(2)
assert np.isclose((signed @ thumb).min(), 0.1 / np.sqrt(2))
assert round(6.21 / 0.005) == 1242

# %%
from mistake_bound import mistake_bound

# %%
from bound_question import bound_question

# %% [markdown]
# **Whom did it listen to?** The weights are nothing but a sum of signed examples, each added as
# often as it was a mistake. Count the mistakes, and you can write down the weights without
# following the path:

# %%
tally = np.bincount([step.example for step in made], minlength=6)  # (6,): how often each fruit
print("corrections by fruit:", tally, "  their sum:", tally @ signed, "  ŵ at the end:", w_hat[-1])

# %% tags=["author"]
assert tally.tolist() == [2, 2, 2, 4, 4, 1]
np.testing.assert_allclose(tally @ signed, w_hat[-1])

# %% [markdown]
# Six counts are as good as three weights. (Methods that keep the counts and never write the weights down
# are called *dual*; they can work with infinitely many features. In section 9 such counts will prove
# that no line exists.)
#
# **And fruits it has never seen?** Go through the proof again: nowhere does it ask that the same
# six come back. Let an endless stream of *new* fruits pass, as long as $u$ leaves γ to each of them
# and none is longer than $R$. **Predict**: the machine sees 10 000, each for the first and only
# time. How many mistakes will it make in the first hundred, and how many in the last nine thousand?


# %%
def fresh_fruits(n, rng):
    """Signed fruits nobody has seen, to each of which u leaves γ, (n, 3)."""
    drawn = np.column_stack([rng.uniform([0.6, 0.9], [1.9, 1.6], (4 * n, 2)), np.ones(4 * n)])
    products = drawn @ u
    clear = np.abs(products) >= gamma
    return (drawn * np.sign(products)[:, None])[clear][:n]


def mistakes(stream):
    """At which places of a stream of signed fruits, (n, 3), the machine is wrong."""
    w_hat, wrong = np.zeros(3), []
    for place, s in enumerate(stream):
        if s @ w_hat <= 0:
            w_hat = w_hat + s
            wrong.append(place)
    return np.array(wrong)


# %%
streams = [fresh_fruits(10_000, np.random.default_rng(seed)) for seed in range(20)]
places = [mistakes(stream) for stream in streams]
made_by = [(n, [int(np.sum(found < n)) for found in places]) for n in (10, 100, 1000, 10_000)]
show.table(
    [(n, np.mean(so_far), min(so_far), max(so_far)) for n, so_far in made_by],
    ["fruits seen", "mistakes, mean of 20 streams", "fewest", "most"],
)

# %% tags=["author"]
assert {len(stream) for stream in streams} == {10_000}
longest = max(float(np.linalg.norm(stream, axis=1).max()) for stream in streams)
assert 220 < (longest / gamma) ** 2 < 223
np.testing.assert_allclose([np.mean(n) for _, n in made_by], [5.2, 9.4, 10.1, 10.2], atol=0.06)
assert max(made_by[-1][1]) == 19

# %% [markdown]
# It makes some nine mistakes in the first hundred, and then hardly any: ten in all, at worst 19,
# where the bound (for these longer fruits) allows 222. *It has learned something about fruits it
# had not seen.* That takes no luck, only some $u$ that leaves γ to whatever comes. Learning theory
# looks for guarantees of this kind, for networks too.

# %% [markdown]
# ## 8 What the theorem leaves open
#
# **The order.** The bound holds for every order of the examples, but the count depends on it. Six
# fruits have 720 orders. Guess the smallest and the largest count before you look.

# %%
orders = [list(order) for order in itertools.permutations(range(6))]
caption = "The same six fruits in all 720 orders; the bound is 200 for each."


def all_counts(perceptron_fit):
    """How many corrections each order takes."""
    counts = [perceptron_fit(X[order], y[order])[2] for order in orders]
    return drawings.order_counts(counts, caption)


with_own(all_counts, perceptron_fit=perceptron.fit)

# %% tags=["author"]
runs = [perceptron.corrections(X[order], y[order]) for order in orders]
counts = [len(run) for run in runs]
assert (min(counts), max(counts)) == (9, 39)
assert all(n % 2 for n in counts)
assert {run[-1].b for run in runs} == {-1.0}

# %% [markdown]
# Between 9 and 39 corrections for the same fruits: it is the order that decides. (All counts are
# odd. The bias starts at 0, moves by one with each correction, and happens to end at −1 every time.)
#
# **The units.** Let us measure mass in grams. Nothing about the fruits changes. **Predict**: will it
# take fewer corrections, more, or the same 15?

# %%
units = {
    "as measured (100 g)": X,
    "mass in grams": X * [100, 1],
    "both numbers times 10": X * 10,
    "standardised": (X - X.mean(axis=0)) / X.std(axis=0),
}
needed = []
for name, Z in units.items():
    run = perceptron.corrections(Z, y)
    needed.append((name, len(run), run[-1].epoch + 1, int(perceptron.best_bound(Z, y))))
show.table(needed, ["units", "corrections", "epochs", "bound"])

# %% tags=["author"]
assert [row[1:3] for row in needed] == [(15, 5), (1425, 311), (11, 3), (2, 2)], needed
assert [row[3] for row in needed] == [200, 598999, 171, 10], needed
in_grams = perceptron.signed_examples(units["mass in grams"], y)
longest_in_grams = float(np.linalg.norm(in_grams, axis=1).max())
assert (round(R, 1), round(longest_in_grams)) == (2.5, 200)
assert round(longest_in_grams / np.sqrt(perceptron.best_bound(X * [100, 1], y)), 2) == 0.26

# %% [markdown]
# In grams the same machine needs 1425 corrections instead of 15. A mistaken lemon now moves the
# first weight by 100 and the second by 1.4: the mass shouts and the shape whispers. $R$ grows with
# the large input, from 2.5 to 200, while $\gamma$ gains far less, from 0.18 to 0.26. Even multiplying
# *everything* by ten changes the count, because one input, the constant 1, stays as it was.
# Standardised inputs (mean 0, standard deviation 1) need 2 corrections. You will meet this cure
# again in chapter 4, and wherever a network is trained.
#
# **The quality.** The rule stops at the *first* line that works. For the fruits that line passes
# fruit 4 at a distance of 0.021, where $u$ leaves 0.177 on both sides. Nobody asked it
# for more.
#
# <details><summary>For the curious: is the bound ever reached, and is u the widest line?</summary>
#
# The bound is reached when all signed examples are equally long and stand at right angles, so that
# no correction helps another example. Two examples with one input, 1 (label +1) and −1 (label −1),
# give the signed examples (1, 1) and (1, −1). Both have the squared length 2, and $u = (1, 0)$ leaves
# $\gamma = 1$, so the bound is 2. From zero, the first correction leads to (1, 1), where the second
# example still scores $1 - 1 = 0$. The second correction leads to (2, 0). That makes two, as many as
# the bound allows. (Right angles alone are not enough: with 2 and $-1/2$ it takes two corrections as
# well, and the bound is 5.)
#
# And $u$ is not quite the widest line in the plane. It has the largest $\gamma$ when the constant 1
# counts as a coordinate. The line halfway between fruits 3 and 4, turned by 11° from it, leaves
# 0.180.
#
# </details>

# %% tags=["author"]
pair = np.array([[1.0], [-1.0]]), np.array([1, -1])
assert [[*run.w, run.b] for run in perceptron.corrections(*pair)] == [[1, 1], [2, 0]]
assert np.isclose(perceptron.best_bound(*pair), 2)
uneven = np.array([[2.0], [-0.5]]), np.array([1, -1])
assert len(perceptron.corrections(*uneven)) == 2
assert np.isclose(perceptron.best_bound(*uneven), 5)
last = made[-1]
room = y * (X @ last.w + last.b) / np.linalg.norm(last.w)
assert (int(np.argmin(room)) + 1, round(room.min(), 3)) == (4, 0.021)
assert round((y * (X @ u[:2] + u[2])).min() / np.linalg.norm(u[:2]), 3) == 0.177
across = (X[3] - X[2]) / np.linalg.norm(X[3] - X[2])  # from fruit 3 to fruit 4, length 1
halfway = y * ((X - (X[2] + X[3]) / 2) @ across)
assert round(halfway.min(), 3) == 0.180
assert round(np.degrees(np.arccos(across @ u[:2] / np.linalg.norm(u[:2])))) == 11

# %% [markdown]
# > ### Myth: "The learning rate decides how fast a perceptron learns"
# >
# > The learning rate η multiplies each correction: $\hat w \leftarrow \hat w + \eta\, s$. Many guides tell
# > you to tune it, here as everywhere. Predict the number of corrections for η = 0.01, 1 and
# > 100, started from zero; then with the start $w = (1, 1)$, $b = -1$.

# %%
tried = []
for rate in (0.01, 1, 100):
    zero = perceptron.corrections(X, y, learning_rate=rate)
    elsewhere = perceptron.corrections(X, y, learning_rate=rate, w=[1, 1], b=-1)
    tried.append((rate, len(zero), len(elsewhere)))
show.table(tried, ["learning rate", "corrections from zero", "corrections from (1, 1), −1"])

# %% tags=["author"]
assert tried == [(0.01, 15, 37), (1, 15, 9), (100, 15, 15)], tried

# %% [markdown]
# > From zero it is 15 every time. All weights are η times the same sums of examples, and
# > multiplying all of them by the same positive number moves no boundary and changes no decision.
# > From elsewhere it is 37, 9 and 15. There η says how much a correction weighs against the
# > *start*. With η = 100 the start is forgotten at once, and the count is 15 again. The myth is
# > half true, then: the rate matters only relative to where you begin. In the networks of later
# > chapters it will matter a great deal.

# %% [markdown]
# ## 9 No line computes XOR
#
# Now the third question. XOR is 1 when exactly one of two inputs is on: (0,1) and (1,0) are +1,
# (0,0) and (1,1) are −1. Draw the square and try some lines. If you find none, that proves little:
# perhaps you missed one. How can one *prove* that something does not exist?
#
# Begin smaller: on a line, the points 0, 1, 2 have the labels +1, −1, +1. Suppose weights $w$, $b$ put
# all three on their right sides. Write down the three products $s\cdot\hat w > 0$, the middle one twice:
#
# $$(0\cdot w + b) > 0, \qquad 2\cdot(-1\cdot w - b) > 0, \qquad (2\cdot w + b) > 0.$$
#
# Add them up. $0 - 2w + 2w = 0$ and $b - 2b + b = 0$: nothing remains, for *any* $w$ and $b$. But
# three positive numbers have a positive sum. That would mean $0 > 0$, so no such weights exist. The
# three numbers (1, 2, 1) are the whole proof. They are a **certificate**: coefficients $c_i \ge 0$,
# not all zero, with
#
# $$\sum_i c_i\, s_i = \sum_i c_i\, y_i\, (x_i, 1) = 0.$$
#
# You need not trust the person who found them: multiply, add, and you have seen it. Find the
# certificate for XOR.

# %%
from xor_impossible import xor_impossible

# %% [markdown]
# ### One or the other
#
# Does *every* set without a line have such a certificate? Yes; this is a theorem by Gordan (1873),
# a relative of Farkas' lemma: **either** a separator exists **or** a certificate, never both and never
# neither.
#
# One computation decides which. *Mix* the signed examples: take a share of each, no share negative
# and all shares together 1. The mixture is a point too. For instance, half of $(3, 1)$ and half of
# $(-1, 3)$ is $(1, 2)$. Of all mixtures, let $p$ be the one closest to zero. If $p$ is zero, its
# shares are a certificate: not negative, not all zero, and they mix to 0. If not, $p$ itself is a
# separator, and scaled to length 1 it is the $u$ of the proof, with $\gamma = \lVert p\rVert$.
# `nearest_mixture` finds $p$, and for the fruits it gave us $u$. And for XOR?
#
# <details><summary>For the curious: why the nearest mixture separates</summary>
#
# Suppose it did not, so that some signed example has $s\cdot p \le 0$. Mix a little of it into $p$.
# Say $p = (0, 2)$ and $s = (3, -1)$, with $s\cdot p = -2$: nine parts of $p$ and one of $s$ make
# $(0.3, 1.7)$, and that is closer to zero, $0.3^2 + 1.7^2 = 2.98$ against $2^2 = 4$. But nothing was
# closer than $p$. In general, with a small part $t$ of $s$,
#
# $$\lVert p + t\,(s - p)\rVert^2 = \lVert p\rVert^2 - 2t\,(\lVert p\rVert^2 - s\cdot p)
# + t^2\,\lVert s - p\rVert^2,$$
#
# and for small $t$ the middle term wins over the last. It shortens $p$ whenever $s\cdot p$ is less
# than $\lVert p\rVert^2$. So for the closest $p$ no example has less: $s\cdot p \ge \lVert p\rVert^2 > 0$ for
# all of them.
#
# Both cases at once are impossible: a certificate, multiplied by a separator, would say $0 > 0$, as
# above.
#
# </details>

# %%
corners, on = data.gates()["XOR"]
signs = 2 * on - 1  # 0/1 -> -1/+1
_, p = perceptron.nearest_mixture(perceptron.signed_examples(corners, signs))
print("fruits:", np.linalg.norm(mixture).round(4), "  XOR:", np.linalg.norm(p).round(4))

# %% tags=["author"]
assert np.linalg.norm(p) < 1e-12
assert np.isclose(0.3**2 + 1.7**2, 2.98)
assert (signed @ mixture >= mixture @ mixture - 1e-12).all()

# %% [markdown]
# ### What the perceptron does then
#
# It cannot stop. On XOR each epoch corrects each corner once, and the weights are back at zero. Look
# at what that means: the corrections of one round, each corner once, add up to nothing. That *is* a
# certificate. The perceptron that cannot learn XOR writes down the reason with its own steps.
#
# Is that the luck of a square? Show it the points 0, 1, 2 from above, with the labels +1, −1, +1.
# **Predict:** will the weights return to zero here too, go round somewhere else, wander about, or
# grow without limit?

# %%
line, kinds_on_it = np.array([[0.0], [1.0], [2.0]]), np.array([1, -1, 1])
shown, rows = list(perceptron.steps(line, kinds_on_it, max_epochs=6)), []
for epoch in range(1, 7):
    steps = [step for step in shown if step.epoch == epoch]
    corrected = ", ".join(str(step.example) for step in steps if step.wrong)
    rows.append((epoch, corrected, steps[-1].w[0], steps[-1].b))
show.table(rows, ["epoch", "points corrected", "w afterwards", "b"])

# %% tags=["author"]
around = list(perceptron.steps(corners, signs, max_epochs=50))
assert all(s.wrong for s in around)
assert all(not s.w.any() and s.b == 0 for s in around[3::4])
assert [row[1:] for row in rows[1:4]] == [("1, 2", 2, 1), ("1", 1, 0), ("0, 1, 2", 2, 1)], rows
assert [row[1:] for row in rows[4:]] == [row[1:] for row in rows[2:4]]

# %% [markdown]
# From epoch 2 on they go round, two epochs to a round, and never come back to zero. Count the
# corrections of one round: point 0 once, point 1 twice, point 2 once. It is the certificate
# (1, 2, 1) again. And if you know nothing of the examples but that no line separates them?

# %%
from nonseparable_question import nonseparable_question

# %% [markdown]
# The weights need not go round so soon, but they never run away: their length stays below a limit
# that depends on the data (Minsky and Papert 1969 call it the cycling theorem; Block and Levin 1970
# give a proof). If the inputs are fractions, there are only finitely many places within the limit,
# and the weights end in a cycle.
#
# Nor does the line stay near a good one: each mistake may throw it far off. There is a cheap cure,
# the **pocket** method (Gallant 1990): keep a copy of the best weights so far.

# %% [markdown]
# ## 10 Two layers do it
#
# One neuron cuts the plane once. Now let two neurons cut it, and let a third look at *their*
# answers. For the third neuron the four corners have moved, since its inputs are the outputs $h_1,
# h_2$ of the first two. If the two corners that want a 1 land on the same place there, only three
# places remain, and three places that are not in a row can be parted by a line in any way you like.
#
# In code a layer is a pair `(W, b)`, input side first: `W (n_in, n_out)`, column $j$ holding the
# weights into neuron $j$. A list of pairs is a network. Here the neurons give 1 or 0, as in the last
# chapter. (There are many right answers.)

# %%
from xor_network import xor_network

# %% [markdown]
# You chose these weights by thinking. Rosenblatt's rule could not have found them: it needs to know
# what each neuron *should* have said, and for the hidden ones nobody knows. That gap stayed open
# for decades. Chapter 10 closes it.
#
# ## 11 Break it: one wrong label
#
# Someone has marked fruit 1, a lemon, as an orange. Predict before you run: how many of the six can
# a line still get right? And how often will the machine's line be that good at the end of an epoch:
# hardly ever, half of the time, or mostly?

# %%
spoilt = y * [-1, 1, 1, 1, 1, 1]
shown = list(perceptron.steps(X, spoilt, max_epochs=2000))
watched = []
for epoch in (1, 10, 100, 1000, 2000):
    now = shown[6 * epoch - 1]
    right = np.sum(spoilt * (X @ now.w + now.b) > 0)
    watched.append((epoch, now.n_updates, f"{right} of 6", float(np.hypot(*now.w))))
ends = np.array([np.sum(spoilt * (X @ now.w + now.b) > 0) for now in shown[5::6]])  # (2000,)
print(f"five of six right after {np.mean(ends == 5):.0%} of the epochs")
show.table(watched, ["epoch", "corrections so far", "right after it", "length of w"])

# %% tags=["author"]
assert [row[1] for row in watched] == [4, 30, 263, 2244, 4266]
assert [row[2] for row in watched] == ["4 of 6", *["5 of 6"] * 4]
assert max(np.linalg.norm([*s.w, s.b]) for s in shown) < 10.7
assert set(ends.tolist()) == {4, 5}
assert len(ends) == 2000
assert round(np.mean(ends == 5), 2) == 0.75
S = perceptron.signed_examples(X, spoilt)
assert np.allclose(np.array([3, 1, 4, 0, 0, 0]) @ S, 0)
assert np.argmax(np.bincount([s.example for s in shown if s.wrong])) == 2
# exactly, in whole numbers: everything in tenths
S10 = np.rint(10 * S).astype(int)
state, visited = np.zeros(3, dtype=int), dict[bytes, int]()
while state.tobytes() not in visited:
    visited[state.tobytes()] = len(visited)
    for s10 in S10:
        state = state + (s10 @ state <= 0) * s10
assert (visited[state.tobytes()], len(visited)) == (593, 681)

# %% [markdown]
# Three epochs in four end with five right, the rest with four, and there are more than 4000
# corrections in 2000 epochs. The arrow $(w, b)$ grows and shrinks and is never longer than 10.7. It
# ends in a cycle, as section 9 said: in exact arithmetic it repeats itself after epoch 593, every 88
# epochs.
#
# A certificate exists, and its numbers are small: three times fruit 1 plus once fruit 2 equals four
# times fruit 3,
#
# $$3\,(1.0, 1.4, 1) + (1.8, 1.0, 1) = (4.8, 5.2, 4) = 4\,(1.2, 1.3, 1).$$
#
# Divide by 4, and mark the three fruits on a sheet of paper. Where does fruit 3 lie, seen from the
# other two? Why can no line cut it off from both?

# %%
from break_perceptron import break_perceptron

# %% [markdown]
# ## History and limits
#
# Frank Rosenblatt described the perceptron in 1958 as a model of how a brain might store what it
# sees. The error-correcting rule in today's form is in his book of 1962, with much about networks
# of several layers. Proofs that it ends came from several sides around that year; Block (1962) and
# Novikoff (1962) gave the short one you have followed. Its ancestor is a method for linear
# inequalities (Agmon 1954). Minsky and Papert (1969) asked what perceptrons can and cannot
# *represent*. It is often said that they killed the field by discovering that XOR needs two layers.
# But McCulloch and Pitts had built any logical function from layers of neurons in 1943, and the
# book's theorems are about something harder: the parity of many inputs (XOR is the parity of two)
# needs a neuron that sees them all.
#
# What the perceptron does not give you: a probability, a good line rather than any line, an answer that settles when
# classes overlap, and a way to train hidden neurons. The next chapters replace its threshold
# by something with a slope, and work on all four.
#
# <details><summary>References</summary>
#
# - W. McCulloch, W. Pitts (1943), *A logical calculus of the ideas immanent in nervous activity*, Bull. Math. Biophysics 5, 115–133.
# - S. Agmon (1954), *The relaxation method for linear inequalities*, Canad. J. Math. 6, 382–392.
# - F. Rosenblatt (1958), *The perceptron: a probabilistic model for information storage and organization in the brain*, Psychological Review 65, 386–408.
# - *New Navy device learns by doing*, The New York Times, 8 July 1958.
# - F. Rosenblatt (1962), *Principles of Neurodynamics*, Spartan Books.
# - H. D. Block (1962), *The perceptron: a model for brain functioning. I*, Rev. Mod. Phys. 34, 123–135.
# - A. B. J. Novikoff (1962), *On convergence proofs on perceptrons*, Symposium on the Mathematical Theory of Automata 12, 615–622.
# - M. Minsky, S. Papert (1969), *Perceptrons*, MIT Press.
# - H. D. Block, S. A. Levin (1970), *On the boundedness of an iterative procedure for solving a system of linear inequalities*, Proc. AMS 26, 229–235.
# - S. I. Gallant (1990), *Perceptron-based learning algorithms*, IEEE Trans. Neural Networks 1, 179–191.
# - P. Gordan (1873), *Ueber die Auflösung linearer Gleichungen mit reellen Coefficienten*, Math. Annalen 6, 23–28.
#
# </details>

# %% [markdown]
# ## Recap
#
# | idea | formula | worth remembering |
# |---|---|---|
# | score | $z = x\cdot w + b$ | without threshold: linear regression; a weight is a coefficient with a unit |
# | decision | $+1$ if $z \ge 0$, else $-1$ | |
# | distance | $(x\cdot w + b)/\lVert w\rVert$ | the score alone is no distance |
# | correction | $\hat w \leftarrow \hat w + y\hat x$, on mistakes only | rate irrelevant from zero |
# | convergence | $k \le (R/\gamma)^2$ | counts corrections, not epochs; the constant 1 belongs in $R$ and $\gamma$ |
# | certificate | $c \ge 0$, $\sum c_i s_i = 0$ | exists exactly if no line does |
# | XOR | two layers | learning the hidden one: chapter 10 |
#
# **What you built.** `perceptron_predict`, `margin`, `perceptron_update`, `perceptron_fit`,
# `mistake_bound`, `xor_impossible` and `xor_network` are now in your own `my_ann.py`.
# Close the notebook and say in one sentence each: why the learning ends; one way it fails; what most
# people get wrong about its learning rate.

# %%
progress()

# %% [markdown]
# ## Glossary
#
# | English | Chinese | in this chapter |
# |---|---|---|
# | perceptron | 感知机 | a neuron with a threshold that learns from its mistakes |
# | weight, bias | 权重，偏置 | what the score multiplies by, and adds |
# | score | 得分 | weighted sum plus bias, before the threshold |
# | decision boundary | 决策边界 | where the score is 0 |
# | normal vector | 法向量 | stands at a right angle to the boundary: w |
# | linear regression | 线性回归 | the straight line with the least squared misses |
# | coefficient | 系数 | a weight read as "so much more output per unit of input" |
# | collinear inputs | 共线输入 | inputs that say (nearly) the same |
# | linearly separable | 线性可分 | some line has every example on its right side |
# | margin | 间隔 | smallest signed distance of an example |
# | correction, update | 修正，更新 | one change of the weights |
# | epoch | 轮次 | one pass through all examples |
# | learning rate | 学习率 | factor of every correction |
# | convergence | 收敛 | here: an epoch without corrections comes |
# | upper bound | 上界 | a number that cannot be exceeded |
# | certificate | 证书 | numbers that prove something and can be checked by anyone |
# | exclusive or (XOR) | 异或 | on if exactly one input is on |
# | hidden layer | 隐藏层 | neurons between inputs and outputs |
