# %% [markdown]
# # 13 · What comes next: convolution, recurrence, attention
#
# **About 75 minutes of reading, and 70 for the exercises.** It builds on [your network on real
# data](../ch12_capstone/ch12_capstone.ipynb), and on what
# [chapter 11](../ch11_practice/ch11_practice.ipynb) says about signals that vanish.
#
# Afterwards you can
#
# - say why a network that reads digits well fails when they move by two pixels;
# - slide a kernel over a picture, and train a layer of kernels;
# - give a network a memory, and explain why it forgets;
# - compute attention, and say what it costs;
# - see four layers as four ways of sharing weights, and choose between them.
#
# Cells that train twenty networks take up to ten seconds on a quiet machine, and several times as
# long on a busy one or in a browser.
#
# After the imports come three questions to wake up what you know. They are not marked.

# %%
from functools import partial

import numpy as np

from annkit import check, data, hint, last_page, progress, quiz, show, solution
from annkit.exercises.my_ann.own_parts import own
from annkit.exercises.my_ann.own_pictures import with_own
from annkit.lessons.beyond import stand_ins
from annkit.lessons.beyond.explorer import shared_weights
from annkit.lessons.beyond.pictures import four_families, in_a_row, way_back
from annkit.lessons.beyond.remembering import Rememberers, heard, life, slopes_to_the_past
from annkit.lessons.beyond.shifted_digits import Dense, anywhere, in_the_middle, laid
from annkit.lessons.beyond.shifted_digits import train_dense, train_on_copies
from annkit.lessons.beyond.shifted_digits import train_small_convolution, trained, tried
from annkit.lessons.beyond.sharing import counted
from annkit.lessons.beyond.small_convolution import SmallConvolution, gradient_error

# %%
from recall_scattered import recall_scattered

# %%
from recall_halved import recall_halved

# %%
from recall_shared import recall_shared

# %% [markdown]
# ## 1 Two pixels to the left
#
# In chapter 12 you scattered the pixels of every digit, and the network lost nothing. That sounded
# like a strength. Now comes the bill.
#
# Take a sheet of 12×12 pixels and lay the 8×8 digits on it. A dense network with 64 hidden units
# learns from 400 digits, all in the middle of their sheets. Then it is tested on other digits,
# first in the middle, then anywhere on the sheet, at most two pixels off in each direction.

# %%
X, labels = data.digits()  # (1797, 64) and (1797,)
corners = {"in the middle": (2, 2), "up, left": (0, 0), "down": (4, 2), "right": (2, 4)}
sheets = {name: laid(X[:1], np.array([at]))[0] for name, at in corners.items()}  # (12, 12) each
in_a_row(sheets, "The same zero on four sheets", "To you it is four times the same zero.")

# %% [markdown]
# In the middle it reads 95 %. **Predict** how much it reads anywhere: about 90, 75, 50 or 20 %?

# %%
n_seeds = 20  # each chooses digits, their places and the first weights
tests = {"middle": in_the_middle, "anywhere": anywhere}
dense = tried(train_dense, in_the_middle, tests, n_seeds)  # shares of 359 test digits, (20,) each
rows = [(where, share.mean(), share.min(), share.max()) for where, share in dense.items()]
columns = ["test digits lie", "mean of 20", "lowest", "highest"]
show.table(rows, columns, "Dense, trained on digits in the middle", shares=columns[1:])

# %% tags=["author", "long"]
assert 0.945 < dense["middle"].mean() < 0.955
assert 0.185 < dense["anywhere"].mean() < 0.195
assert dense["anywhere"].max() < 0.25

# %% [markdown]
# It reads 19 %, where guessing would get 10 %. For a dense layer, a zero two pixels further to the
# left is as new as a zero with its pixels scattered: other inputs are on, and their weights have
# learned something else.
#
# Three remedies come to mind: train it on digits from everywhere; give it four times as many hidden
# units as well; or lay *each* of the 400 digits on 25 sheets, once at every place. **Predict** how far
# each of them gets.

# %%
wide = partial(train_dense, n_units=256)
elsewhere = {"anywhere": anywhere}
dense_anywhere = tried(train_dense, anywhere, elsewhere, n_seeds)["anywhere"]  # (20,)
wide_anywhere = tried(wide, anywhere, elsewhere, n_seeds)["anywhere"]
on_copies = tried(train_on_copies, in_the_middle, elsewhere, n_seeds)["anywhere"]
helped = {
    "400 sheets, a place for each digit": dense_anywhere,
    "the same, 256 hidden units": wide_anywhere,
    "10 000 sheets, each digit at all places": on_copies,
}
rows = [(name, share.mean(), share.min(), share.max()) for name, share in helped.items()]
columns = ["trained on", "mean of 20", "lowest", "highest"]
show.table(rows, columns, "Dense, tested on digits anywhere", shares=columns[1:])

# %% tags=["author", "long"]
assert 0.55 < dense_anywhere.mean() < 0.565
assert 0 < wide_anywhere.mean() - dense_anywhere.mean() < 0.03
assert 0.895 < on_copies.mean() < 0.915
assert 25 * 400 == 10_000

# %% [markdown]
# Digits from everywhere bring it to 56 %, and size adds next to nothing. There are 25 places, so
# each place sees about 16 digits, fewer than two of a kind, and the network has to learn the zero
# 25 times. On all 25 sheets of each digit it does, and reads 90 %. So a dense layer *can* learn
# this, if it is shown every digit everywhere. (Making such copies is called **data
# augmentation**.) Here that takes 25 times as many sheets; on a photograph a face may stand in a
# million places. Is there a layer that needn't be shown?
#
# ## 2 One detector for every place
#
# What helps in one place helps in every other. So learn a small detector once, a **kernel**, and
# carry it everywhere. Lay it on a patch of the picture, multiply the numbers that lie on top of
# each other, and add up. The sum goes into a new picture, at the place of the patch. Then the
# kernel moves on by one pixel. You know this sum: it is a neuron, with few inputs, used many times.

# %%
from conv2d import conv2d

# %% [markdown]
# Before a kernel learns, build one by hand. With −1 on the left, 0 in the middle and 1 on the
# right, it answers where the picture gets darker towards the right. Given a quarter turn, it looks
# downwards.

# %%
to_the_right = np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])  # (3, 3)
zero = X[0].reshape(8, 8)


def edges(conv2d):
    """A zero, and what two kernels make of it."""
    rightwards, downwards = conv2d(zero, to_the_right), conv2d(zero, to_the_right.T)
    found = {"darker to the right": rightwards, "darker downwards": downwards}
    images = {"a zero": zero} | {name: np.asarray(image) for name, image in found.items()}
    said = "A zero, and what two kernels answer, positive where a stroke begins"
    return in_a_row(images, said, "Blue: it gets darker that way. Red with a −: it gets paler.")


with_own(edges, conv2d=stand_ins.conv2d)

# %% tags=["author"]
assert stand_ins.conv2d(zero, to_the_right.T).shape == (6, 6)
moved = {name: stand_ins.conv2d(sheet, to_the_right) for name, sheet in sheets.items()}
np.testing.assert_allclose(moved["in the middle"][:-2], moved["down"][2:])

# %% [markdown]
# The outer rim of the zero and its hole show up, with nine weights, and nobody told the kernel what a
# zero is. Move the picture, and the answers move along.
# This is called **equivariance**, and it is what the dense layer lacked.
#
# A layer is to make a picture of 8×8 from one of 12×12. **Predict** how many parameters it has if it
# is dense, with a bias for each output, and if it is one kernel of 5×5 with a single bias.

# %%
n_in, n_out = 12 * 12, 8 * 8
print("dense:", n_in * n_out + n_out, "  one kernel:", 5 * 5 + 1)

# %% tags=["author"]
assert (n_in * n_out + n_out, 5 * 5 + 1) == (9280, 26)
assert stand_ins.conv2d(sheets["down"], np.ones((5, 5))).shape == (8, 8)

# %% [markdown]
# 9280 against 26, and the 26 would do for a photograph of a million pixels. A dense layer could do
# the same, with most of its weights 0 and the others equal in groups. The kernel can therefore do
# *less*, and that is its strength. It takes for granted that neighbours belong together and that no
# place is special. Such an assumption, made before any data are seen, is called an **inductive
# bias**; here it comes from **weight sharing**.
#
# ## 3 A layer that doesn't ask where
#
# Now let kernels learn. 32 of them, each 5×5, look at every patch of the sheet. After a ReLU only
# the best of all places counts, **the maximum over the places** (global max pooling). That leaves 32
# numbers, one for each kernel, which say how well its pattern fits *anywhere*. A dense layer turns
# them into ten scores.
#
# The backward pass needs two ideas, and you have met both. The same kernel works in many places,
# so the blame from all of them is **added up** (paths that meet, chapter 8). And a maximum passes
# blame to the one place that won, just as a ReLU passes it on where it is open.
#
# If all patches of a picture are written as rows of a matrix, the layer becomes a single product,
# `patches @ K`. Libraries compute it like that, too. Before anything is trained, the next cell
# checks the gradient, as in chapter 10.
#
# **Predict** the four numbers: trained in the middle or anywhere, tested anywhere, dense or with
# kernels. You know two of them.

# %%
rng = np.random.default_rng(3)
small = SmallConvolution.drawn(3, 4, rng)  # 4 kernels of 3×3, 90 parameters
error = gradient_error(small, anywhere(X[:5], rng), labels[:5])
print(f"{small.n_parameters} parameters, relative error of the gradient {error:.0e}")
kernels = tried(train_small_convolution, in_the_middle, tests, n_seeds)
kernels_anywhere = tried(train_small_convolution, anywhere, elsewhere, n_seeds)["anywhere"]
n_dense, n_kernels = Dense(rng).n_parameters, SmallConvolution.drawn(5, 32, rng).n_parameters
compared = [
    ("dense", n_dense, *(a.mean() for a in (*dense.values(), dense_anywhere))),
    ("32 kernels", n_kernels, *(a.mean() for a in (*kernels.values(), kernels_anywhere))),
]
columns = ["", "parameters", "middle → middle", "middle → anywhere", "anywhere → anywhere"]
show.table(compared, columns, "Trained → tested, means of 20 on 400 digits", shares=columns[2:])

# %% tags=["author"]
assert small.n_parameters == 90
assert error < 1e-7
assert (n_dense, n_kernels) == (9930, 1162)

# %% tags=["author", "long"]
assert abs(kernels["middle"].mean() - dense["middle"].mean()) < 0.01
assert 0.74 < kernels["anywhere"].mean() < 0.76
assert 0.9 < kernels_anywhere.mean() < 0.91
assert (kernels_anywhere > dense_anywhere + 0.2).all()

# %% [markdown]
# In the middle they are equally good. Anywhere, the kernels read 90 % where the dense network reads
# 56, and are ahead in each of the 20 training runs, with an eighth of the parameters. To get that
# far, the dense network had to see 25 sheets of each digit. The kernels saw one. What the other 24
# would have taught them, they knew before they had seen a single digit.
#
# > ### Myth: “a convolutional network doesn't care where things are”
# >
# > The maximum over all places doesn't ask where. So training in the middle and testing anywhere
# > should give 95 % again, and it gives 75 %. Why? Write down a guess; your `conv2d` knows the reason.
# > Then put a frame of 4 blank pixels around every sheet, and try again.


# %%
def framed(lay):
    """The same way of laying digits, with a blank frame around each sheet: (n, 20, 20)."""
    return lambda X, rng: np.pad(lay(X, rng), ((0, 0), (4, 4), (4, 4)))


with_frame = {name: framed(lay) for name, lay in tests.items()}
kept = tried(train_small_convolution, framed(in_the_middle), with_frame, n_seeds=3)
columns = ["test digits lie", "seed 0", "seed 1", "seed 2"]
shares = [(where, *share) for where, share in kept.items()]
caption = "32 kernels and a frame, trained on digits in the middle"
show.table(shares, columns, caption, shares=columns[1:])

# %% tags=["author"]
np.testing.assert_array_equal(kept["middle"], kept["anywhere"])
assert kept["middle"].mean() > 0.94

# %% [markdown]
# > Now the two lines are equal, digit for digit. A kernel stays *inside* the sheet. Where a digit
# > touched the edge, the patches that hang over it were missing, and with them some of the best
# > places. The frame brings them back. The network has never seen a shifted digit, and reads each as
# > if it lay in the middle. That isn't learned. It is true for *any* weights, an **invariance** by
# > construction. So the myth is half true: a convolution carries the place along, a maximum over all
# > places forgets it, and only if no edge is near. (Deep networks, too, know places by the edges [19].)
#
# And the scattered pixels of chapter 12? **Predict** what the kernels read when they are trained
# and tested anywhere, with all pixels of the sheet in one secret order.

# %%
order = np.random.default_rng(9).permutation(144)


def scattered(X, rng):
    """Sheets with digits anywhere, their 144 pixels in the same secret order: (n, 12, 12)."""
    return anywhere(X, rng).reshape(len(X), 144)[:, order].reshape(-1, 12, 12)


scattered_too = {"scattered": scattered}
secret = tried(train_small_convolution, scattered, scattered_too, n_seeds)["scattered"]
print(f"32 kernels: {kernels_anywhere.mean():.0%} before, {secret.mean():.0%} after")

# %% tags=["author", "long"]
assert 0.17 < secret.mean() < 0.29
assert secret.max() < kernels_anywhere.min() - 0.3

# %% [markdown]
# This network does notice. What it takes for granted is false here, so it does far worse than the
# dense one, which takes nothing for granted and still reads its 56 %. Built-in knowledge helps
# where it is true and harms where it isn't.

# %%
from where_question import where_question

# %% [markdown]
# **A good place to stop for today.** You have seen one way of sharing weights, over places. Next
# time you will share them over time, and then meet a layer that computes its weights.
#
# ## 4 The same weights at every step
#
# A sentence, a heartbeat and a price over the days are all sequences, and their length isn't fixed.
# A **recurrent** layer reads it step by step and carries a **state** $h$ along. The new state is
# made from the input and the old state, by the same weights at every step.

# %%
from rnn_step import rnn_step

# %% [markdown]
# How long does it remember? Begin with a single unit that hears a 1 at the first step and then nothing:
# $h' = \tanh(v\,h)$. **Predict** for $v = 0.5$, $1$ and $2$: what is left of the 1 after 20 steps?

# %%
step = own("rnn_step", instead=stand_ins.rnn_step)
weights = (0.5, 1.0, 2.0)
lives = {v: life(step, v, 20) for v in weights}  # (20,) each
nudges = {v: slopes_to_the_past(v, lives[v]) for v in weights}  # (20,): ∂h now / ∂h first
watched = [(v, lives[v][4], lives[v][-1], nudges[v][4], nudges[v][-1]) for v in weights]
columns = ["weight v", "h, step 5", "h, step 20", "slope, step 5", "slope, step 20"]
show.table(watched, columns, "The state, and how it answers to a nudge of the first state")

# %% tags=["author"]
np.testing.assert_allclose(lives[2.0], life(stand_ins.rnn_step, 2.0, 20))
np.testing.assert_allclose([lives[v][-1] for v in weights], [0, 0.262, 0.9575], atol=0.0005)
assert lives[0.5][-1] < 1.5e-6
assert 0.03 < nudges[1.0][-1] < 0.04
assert nudges[2.0][-1] < 1e-14
assert nudges[0.5][-1] < 2e-6
fixed = lives[2.0][-1]
np.testing.assert_allclose(2 * (1 - fixed**2), 0.166, atol=0.0005)

# %% [markdown]
# With 0.5 the 1 is forgotten, and about a millionth is left. With 1 it fades slowly. With 2 it
# stays at 0.9575 for ever, because there $\tanh(2h) = h$, and after a small push the state comes
# back. That is a memory, a switch with two positions, made of one neuron.
#
# Now look at the slopes. The unit that remembers perfectly has the *worst* of them, less than
# $10^{-14}$ at step 20. It has to be so. A switch that comes back after a push is one in which a
# push dies out, so the slope at its resting point is below 1 (here $2\,(1 - 0.9575^2) = 0.166$),
# and over the steps it is multiplied by itself. **What holds a bit safely has no gradient to learn
# by** [1]. And where the slope stays near 1, noise is kept as well as the bit.

# %%
from switch_question import switch_question

# %% tags=["author"]
long = life(stand_ins.rnn_step, 2.0, 1000)
by_powers = np.log10(1 - long[0] ** 2) + np.log10(2 * (1 - long[1:] ** 2)).sum()
assert round(by_powers) == -778

# %% [markdown]
# ## 5 A network that remembers, and forgets
#
# Now take sixteen units and a task. They hear a bit at the first step and faint noise afterwards,
# and after $n$ steps an output unit has to say which bit it was. For each $n$, 20 networks with
# different first weights are trained; every one of 300 updates uses a fresh batch of 32. Their first
# $W_{hh}$ has a standard deviation of $0.5/\sqrt{16}$ in one half of the experiment (scale 0.5), and
# $1/\sqrt{16}$ in the other (scale 1). **Predict** for each half how many steps it can bridge: 5, 10,
# 20, 30?


# %%
n_runs = 20  # networks for each task, all with first weights of their own


def school(scale, n_steps):
    """Train networks to remember for n steps; return them and the share each gets right."""
    rng = np.random.default_rng(n_steps)
    pupils = Rememberers.drawn(scale, n_runs, rng)
    pupils.fit(n_steps, rng)
    return pupils, pupils.accuracy(n_steps, rng)


tasks = [(0.5, n) for n in (5, 10, 20)] + [(1.0, n) for n in (5, 10, 20, 30)]
marks = {task: school(*task) for task in tasks}
schooled = [(*task, a.mean(), int((a > 0.95).sum())) for task, (_, a) in marks.items()]
columns = ["scale", "steps", "right, mean of 20", "networks above 95 %"]
show.table(schooled, columns, "Trained to name a bit heard so many steps ago", shares=columns[2:3])

# %% tags=["author", "long"]
above = {task: int((a > 0.95).sum()) for task, (_, a) in marks.items()}
assert [above[0.5, n] for n in (5, 10, 20)] == [20, 20, 0]
assert [above[1.0, n] for n in (5, 10, 20)] == [20, 20, 20]
assert 14 <= above[1.0, 30] <= 19
assert abs(marks[0.5, 20][1].mean() - 0.5) < 0.02

# %% [markdown]
# At 0.5 all twenty bridge 10 steps, and *none* bridges 20: they guess. At 1 all twenty bridge 20,
# and most of them 30. There is no slow decline. What has to be learned is the same at every
# distance, but the gradient runs out. Look at delta on its way back, as in chapter 11, but over
# steps instead of layers, before any training:

# %%
lengths = {}
for scale in (0.5, 1.0):
    rng = np.random.default_rng(0)
    fresh = Rememberers.drawn(scale, 20, rng)
    _, lengths[f"scale {scale}"] = fresh.gradients(*heard(20, 20, 32, rng))
way_back(lengths, "At scale 0.5 each step back halves delta. At 1 a fifth is left in the end.")

# %% tags=["author"]
per_step = {name: (d[0] / d[-1]) ** (1 / 19) for name, d in lengths.items()}
assert 0.49 < per_step["scale 0.5"] < 0.52
assert 0.88 < per_step["scale 1.0"] < 0.95

# %% [markdown]
# (The way back through an unrolled recurrence is called backpropagation *through time*; nothing in
# it is new.) At 0.5 each step halves delta, which leaves two millionths at the first step, where
# the bit was. At 1 a fifth arrives, enough to learn by. It is the vanishing gradient of chapter 11, with one difference. A deep network has a
# different matrix in each layer, and they may balance each other. Here it is *the same* matrix, 19
# times.
#
# Here is one more question for the networks that passed. Those at 0.5 were trained to know the bit
# after 5 steps. Ask them after 6, 7 and 10. **Predict**: do they get worse slowly, at once, or not
# at all?

# %%
graduates, at_five = marks[0.5, 5]
rng = np.random.default_rng(1)
asked = {5: at_five, **{n: graduates.accuracy(n, rng) for n in (6, 7, 10)}}  # (20,) each
verdicts = [(n, a.mean(), int((a > 0.9).sum()), int((a < 0.1).sum())) for n, a in asked.items()]
columns = ["asked after step", "right, mean of 20", "networks above 90 %", "below 10 %"]
show.table(verdicts, columns, "Trained for 5 steps, scale 0.5", shares=columns[1:2])

# %% tags=["author", "long"]
counts = {n: (good, bad) for n, _, good, bad in verdicts}
assert counts[5] == (20, 0)
assert (counts[6], counts[7]) == ((9, 11), (19, 1))
assert np.sort(asked[6])[10] < 0.005
assert 0.43 < asked[6].mean() < 0.46
assert counts[10] == (7, 8)

# %% [markdown]
# After six steps the mean is 45 %, which looks like guessing. It is nothing of the kind: nine
# networks are right, and eleven give the *wrong* answer, every time. These still have the bit, with
# its sign turned; one step later it has turned back in all but one. They never learned to *keep*
# the bit. They learned to have it at hand at step 5, and how they get there is their own affair. After
# ten steps seven are right, eight are wrong, and five no longer know. A
# test after as many steps as in training would not have shown this, and the mean alone would have
# hidden it.
#
# The remedy most used before 2017 is the **LSTM** [2]: a part of the state is passed on by *adding*
# to it instead of sending it through a matrix and a bend, so that its slope is 1, or whatever a
# gate says (a sigmoid that the inputs open and close). The other remedy is not to go step by step at all.
#
# ## 6 Attention, in one page
#
# Why should the bit travel through twenty states, if the answer could look at the first step
# directly? Which step to look at isn't known beforehand, since it depends on what stands there. So
# compute it. Every place offers a **key** (“this is what I have”) and a **value** (what it hands
# over). A place that wants to know something sends a **query**. The dot product of query and key
# says how well they fit, a softmax turns these scores into shares, and the answer is the mean of
# the values with these shares.
#
# One detail comes first. A dot product of $d$ random terms spreads like $\sqrt{d}$ (variances add up,
# chapter 11). With ten random keys of $d = 256$ numbers, the best score takes 93 % of the softmax on
# average, and the other nine go unheard. If all scores are divided by $\sqrt{d}$, it takes 32 %.

# %% tags=["author"]
tops = []
for seed in range(400):  # the identity as values: the answer is the shares themselves
    rng = np.random.default_rng(seed)
    Q, K = rng.normal(size=(50, 256)), rng.normal(size=(10, 256))
    tops.append([stand_ins.attention(by * Q, K, np.eye(10)).max(axis=1).mean() for by in (16, 1)])
np.testing.assert_allclose(np.mean(tops, axis=0), [0.93, 0.32], atol=0.01)

# %%
from attention import attention

# %% [markdown]
# Here is the bit once more. The key of its place is a number $\beta$, the keys of noise are 0, the
# query is 1, and the values are what was heard. With $d = 1$ the share of the bit among $n$ places is
# $e^\beta / (e^\beta + n - 1)$: to outvote $n$ others, $\beta$ need only grow like $\ln n$.

# %%
look = own("attention", instead=stand_ins.attention)
rng = np.random.default_rng(5)
found = []
for n in (20, 200, 2000):
    V = np.vstack([[[1.0]], 0.3 * rng.normal(size=(n - 1, 1))])  # the bit, then noise: (n, 1)
    K = 10.0 * (np.arange(n) == 0)[:, None]  # (n, 1), β = 10
    answer = np.asarray(look(np.ones((1, 1)), K, V))[0, 0]
    found.append((n, answer, np.exp(10) / (np.exp(10) + n - 1)))
columns = ["places", "answer", "share of the bit"]
show.table(found, columns, "A bit of 1 among noise, β = 10", shares=columns[2:])

# %% tags=["author"]
np.testing.assert_allclose([row[2] for row in found], [0.999, 0.991, 0.917], atol=0.0006)
assert all(abs(row[1] - row[2]) < 0.01 for row in found)

# %% [markdown]
# After 2000 places the answer still holds 92 % of the bit. The share is also the slope: if you nudge the
# bit, 92 % of the nudge arrives, *wherever* the bit stands. Nothing is multiplied twenty times. (The keys were set
# by hand here; in a **transformer** queries, keys and values are made from the inputs by three weight
# matrices, the same at every place, and those are learned [3].)
#
# One last experiment, with an old idea. Put the places into another order, keys and values alike.
# **Predict** what happens to the answer.

# %%
Q, K, V = rng.normal(size=(1, 4)), rng.normal(size=(6, 4)), rng.normal(size=(6, 2))
mixed = rng.permutation(6)
before, after = np.asarray(look(Q, K, V)), np.asarray(look(Q, K[mixed], V[mixed]))  # (1, 2) each
print("before", before.round(3), "  after", after.round(3))

# %% tags=["author"]
np.testing.assert_allclose(before, after)

# %% [markdown]
# Nothing happens, and this is where the chapter began. Attention knows no neighbours and no order:
# to it, “dog bites man” is “man bites dog”. That is why transformers *add* to each input a pattern
# that says where it stands. They have to learn what a convolution takes for granted about pictures,
# and they need more data for it [18]. Attention also has a price: $n$ places ask $n$ others, so
# twice the text takes four times the work.
#
# **Put them together.** Each of your three functions has had a toy of its own. Together they read a
# digit, with the weights of a network of section 3, nothing learned anew. `conv2d` carries its 32
# kernels over a sheet. Where that network took the maximum, `attention` looks at a kernel's 64
# answers: they are keys and values at once, and the query is a number $\beta$. And `rnn_step` with an
# empty state is a dense layer with a bend; it gives the ten scores (a tenth of them, which the bend
# leaves in order). **Predict**, for $\beta = 0$, $1$, $10$ and $100$: of 100 digits anywhere on
# their sheets, how many are read?

# %%
slide = own("conv2d", instead=stand_ins.conv2d)
rng = np.random.default_rng(0)
net, others, truth = trained(train_small_convolution, anywhere, rng)
laid_out, truth = anywhere(others[:100], rng), truth[:100]  # (100, 12, 12) and (100,)
layer = list(zip(net.K.T.reshape(32, 5, 5), net.c, strict=True))  # kernels and biases
answers = [[np.ravel(slide(sheet, k)) + c for k, c in layer] for sheet in laid_out]


def read(fits, beta):
    """Read a sheet from what each kernel answers at the 64 places."""
    best = [look(np.array([[beta]]), z[:, None], z[:, None])[0][0] for z in fits]
    x = np.maximum(best, 0)[None]  # (1, 32)
    return np.argmax(step(x, np.zeros((1, 10)), net.W / 10, np.zeros((10, 10)), net.b / 10))


betas = (0.0, 1.0, 10.0, 100.0)
right = [(beta, np.mean([read(fits, beta) for fits in answers] == truth)) for beta in betas]
show.table(right, ["β", "right, of 100 digits"], shares=["right, of 100 digits"])

# %% tags=["author"]
by_maximum = net.predict(laid_out)
assert [read(fits, 100.0) for fits in answers] == by_maximum.tolist()
assert abs(right[2][1] - np.mean(by_maximum == truth)) < 0.02
assert right[0][1] < 0.2 < right[1][1] < 0.7 < 0.9 < right[2][1]

# %% [markdown]
# With 0 each place counts alike. A kernel that fits in one place and in no other is not heard in
# the mean of 64, and the network guesses. With 10 it reads as well as with the maximum, and with 100
# it gives the maximum's answer to each of the hundred digits. **A maximum over places is an attention
# that has made up its mind.** It also hears of nothing else: its slope is 0 at all places but one,
# while the softmax leaves each a little.
#
# ## 7 The map once more
#
# In chapter 0 you saw three families. A fourth has joined them, and you have written the core of
# each. The first figure shows them as four ways of sharing weights. Below it you can play with
# them: slide the kernel, unroll a step, move a query. The table in its middle has one row for each
# output; in your `W` that was a column. Last comes a count for a thousand places instead of six.

# %%
four_families()

# %%
shared_weights()

# %%
ways = []
for kind in ("dense", "convolution", "recurrence", "attention"):
    way = counted(kind, 1000)
    ways.append((kind, way.weights, way.products, way.hops))
show.table(ways, ["layer", "learned weights", "multiplications", "layers or steps from first to last"],
           "For 1000 places with one number each")  # fmt: skip

# %% tags=["author"]
assert [row[1] for row in ways] == [1_000_000, 3, 2, 3]
assert [row[3] for row in ways] == [1, 999, 1000, 1]
assert ways[3][2] == 2_003_000

# %% [markdown]
# | layer | shares weights over | takes for granted | pays with |
# |---|---|---|---|
# | dense | nothing | nothing | data and parameters |
# | convolution | places | neighbours matter, places don't | many layers to see far |
# | recurrence | steps | the past fits into a state | forgets; step after step, never at once |
# | attention | pairs of places | what is relevant can be seen by comparing | $n^2$ work; order must be added |
#
# No line of the table is the best one. A layer is a bet on what your data are like.

# %%
from permuted_question import permuted_question

# %%
from choose_sharing import choose_sharing

# %% [markdown]
# ## 8 What this course left out
#
# You have built one kind of network from nothing and touched three others. That is a foundation,
# not yet a house. Here is an honest list of what is missing, each item with the best thing to read
# next.
#
# | left out | why you may want it | read next |
# |---|---|---|
# | a framework (PyTorch, JAX) | graphics cards, gradients for free; you know what they do inside | the *60-minute blitz* of PyTorch, with chapter 9 beside you |
# | deep convolutional networks, residual connections | all of vision | He et al. 2016 [4]; Zhang et al., *Dive into Deep Learning* [5], chapters 7 and 8 |
# | transformers and language models | most of what is called AI today | *The Annotated Transformer* (Rush); [3] afterwards |
# | LSTM, GRU and their successors | long sequences at a steady price | Hochreiter and Schmidhuber [2]; [5], chapter 10 |
# | unsupervised and generative models | data without labels; pictures and text that are made | Prince, *Understanding Deep Learning* [6], chapters 14 to 18 |
# | reinforcement learning | when nobody says what was right, only how it ended | Sutton and Barto [7], chapters 1 to 6 |
# | why large networks generalise at all | theory says they should overfit | Zhang et al. 2017 [8]; [6], chapters 8 and 20 |
# | uncertainty, Bayesian methods | decisions that cost something | Bishop [9], chapters 1 to 3 |
# | trees and boosting | tables: they often beat networks there | Grinsztajn et al. 2022 [10] |
# | fairness, privacy, misuse, energy | your network will meet people | Barocas, Hardt, Narayanan, *Fairness and Machine Learning* [11] |
#
# If you do one thing next: train your own `MLP`, written again in a framework, on data that *you* care
# about, with the baselines of chapter 12. You will meet everything in this list soon enough.
#
# ## Recap
#
# | idea | what it is | what goes wrong |
# |---|---|---|
# | kernel | a few weights, the same at every place | patches at the rim are lost; neighbours that mean nothing |
# | maximum over places | doesn't ask where | *can't say* where, either |
# | recurrence | the same weights at every step | blame is multiplied by one matrix again and again |
# | memory | a state that comes back after a push | and therefore has no slope |
# | attention | a mean with computed weights | no order; $n^2$ |
#
# Close the notebook for a minute and say aloud: what do all four layers share, and what does each take for
# granted? Why does a unit that remembers well learn badly? What do most people think a larger network would
# have done about the shifted digits?
#
# ## What you built
#
# `conv2d`, `rnn_step` and `attention`: a handful of lines each, and the core of nearly all networks in
# use. With them your `my_ann.py` is complete, from the weighted sum of chapter 0 to here. Run `last_page()` in a cell
# of your own: it makes one page of all you have built, with your curves, your mended mistakes and the dates, to keep or to print.

# %%
progress()

# %% [markdown]
# ## History and limits
#
# Hubel and Wiesel found cells in the visual cortex that answer to an edge at one place, and others
# that don't care where it is exactly (1962) [12]. Fukushima built a network on that plan, the
# neocognitron, in 1980 [13]; LeCun and others trained one by backpropagation in 1989 [14]. Elman's
# recurrent network is of 1990 [15]. Hochreiter found in 1991 that gradients vanish through time
# [16], and Bengio, Simard and Frasconi showed in 1994 that what remembers safely must lose them
# [1]. The LSTM followed in 1997 [2]. Attention came in 2014 as a help for recurrent translators
# [17], and in 2017 the recurrence was left out [3].
#
# **What this chapter does not show.** One layer of kernels isn't a convolutional network: depth is where its
# strength comes from, edges becoming corners and corners shapes. Sheets of 12×12 pixels aren't photographs,
# where objects also turn, grow and hide each other; a maximum over places helps against none of that.
# The recurrences here had one input and 300 steps of training; clever first weights and more patience bridge
# more. And attention with keys set by hand shows what it can hold, not that it learns it. The LSTM you
# have been told about, not shown.
#
# <details><summary>References</summary>
#
# 1. Y. Bengio, P. Simard, P. Frasconi, *Learning long-term dependencies with gradient descent is difficult*, IEEE Transactions on Neural Networks 5, 157–166, 1994
# 2. S. Hochreiter, J. Schmidhuber, *Long short-term memory*, Neural Computation 9, 1735–1780, 1997
# 3. A. Vaswani and others, *Attention is all you need*, NeurIPS, 2017
# 4. K. He, X. Zhang, S. Ren, J. Sun, *Deep residual learning for image recognition*, CVPR, 2016
# 5. A. Zhang, Z. C. Lipton, M. Li, A. J. Smola, *Dive into Deep Learning*, Cambridge University Press, 2023
# 6. S. J. D. Prince, *Understanding Deep Learning*, MIT Press, 2023
# 7. R. S. Sutton, A. G. Barto, *Reinforcement Learning: An Introduction*, 2nd edition, MIT Press, 2018
# 8. C. Zhang, S. Bengio, M. Hardt, B. Recht, O. Vinyals, *Understanding deep learning requires rethinking generalization*, ICLR, 2017
# 9. C. M. Bishop, *Pattern Recognition and Machine Learning*, Springer, 2006
# 10. L. Grinsztajn, E. Oyallon, G. Varoquaux, *Why do tree-based models still outperform deep learning on typical tabular data?*, NeurIPS, 2022
# 11. S. Barocas, M. Hardt, A. Narayanan, *Fairness and Machine Learning: Limitations and Opportunities*, MIT Press, 2023
# 12. D. H. Hubel, T. N. Wiesel, *Receptive fields, binocular interaction and functional architecture in the cat's visual cortex*, Journal of Physiology 160, 106–154, 1962
# 13. K. Fukushima, *Neocognitron: a self-organizing neural network model for a mechanism of pattern recognition unaffected by shift in position*, Biological Cybernetics 36, 193–202, 1980
# 14. Y. LeCun, B. Boser, J. S. Denker and others, *Backpropagation applied to handwritten zip code recognition*, Neural Computation 1, 541–551, 1989
# 15. J. L. Elman, *Finding structure in time*, Cognitive Science 14, 179–211, 1990
# 16. S. Hochreiter, *Untersuchungen zu dynamischen neuronalen Netzen*, diploma thesis, Technische Universität München, 1991
# 17. D. Bahdanau, K. Cho, Y. Bengio, *Neural machine translation by jointly learning to align and translate*, ICLR, 2015 (preprint 2014)
# 18. A. Dosovitskiy and others, *An image is worth 16x16 words: transformers for image recognition at scale*, ICLR, 2021
# 19. O. S. Kayhan, J. C. van Gemert, *On translation invariance in CNNs: convolutional layers can exploit absolute spatial location*, CVPR, 2020
#
# </details>
#
# ## Glossary
#
# | English | Chinese | in this chapter |
# |---|---|---|
# | convolution | 卷积 | one kernel, carried to every place |
# | cross-correlation | 互相关 | the exact name of what is called convolution here: the kernel isn't flipped |
# | convolution kernel | 卷积核 | a few weights that look at one patch |
# | weight sharing | 权重共享 | one weight does many connections' work |
# | pooling | 池化 | many places become one number, here by the maximum |
# | equivariance | 等变性 | the input moves, and the output moves along |
# | invariance | 不变性 | the input moves, and the output stays |
# | inductive bias | 归纳偏置 | what a layer takes for granted before it sees data |
# | recurrent network | 循环神经网络 | the same weights at every step, and a state |
# | hidden state | 隐藏状态 | what is carried from step to step |
# | backpropagation through time | 随时间反向传播 | the way back through an unrolled recurrence |
# | vanishing gradient | 梯度消失 | blame that is multiplied away |
# | attention | 注意力 | a mean whose weights are computed |
# | query, key, value | 查询、键、值 | what is wanted, what is offered, what is handed over |
# | transformer | Transformer（变换器） | layers of attention and dense layers, no recurrence |
