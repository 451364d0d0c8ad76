"""Chapter 0: how this course works."""

# %% [markdown]
# # 0 · How this course works
#
# **About 30 minutes of reading, and 35 for the exercises and the self-test.** Builds on nothing but
# school mathematics and a little Python.
#
# Afterwards you will be able to
#
# - run, edit and restart a notebook without fear;
# - read the shape of an array and say what its rows and columns are;
# - let your answers be checked, ask for hints, and see how far you are;
# - say what you should brush up before chapter 1;
# - tell the three great families of networks apart.

# %%
import numpy as np

from annkit import check, data, hint, progress, quiz, show, solution, today
from annkit.lessons.welcome.pictures import picture_and_numbers

# %% [markdown]
# If the cell above has a number in brackets to its left, it has run. If not: click on it and press
# **Shift+Enter**.
#
# ## 1 What you will build
#
# Here is the first of 1797 handwritten digits, once as a person sees it and once as a program gets
# it: 64 numbers from 0 (paper) to 1 (ink).

# %%
X, labels = data.digits()
picture_and_numbers(X[0].reshape(8, 8), labels[0])

# %% tags=["author"]
assert X.shape == (1797, 64)
assert labels[0] == 0
assert X.min() == 0
assert X.max() == 1

# %% [markdown]
# How do 64 numbers turn into "zero"? In chapter 12 a network that *you* wrote, line by line and
# without any library for neural networks, will answer that for digits it has never seen, and be
# right at least 97 times in 100. Every function you get right along the way is kept in a file of
# your own, `my_ann.py`, and that file is what runs in the end. Your first pass creates it, one
# folder above this notebook, beside the folders of the chapters; from then on you can open and
# read it.
#
# ## 2 JupyterLab in five minutes
#
# A notebook is a list of **cells**: text like this one, and code. A program in the background, the
# **kernel**, runs the code cells and remembers every name they define.
#
# | to … | press |
# |---|---|
# | run a cell and go on | Shift+Enter |
# | run it and stay | Ctrl+Enter |
# | change a text cell, like this one | double-click on it, or Enter; then Shift+Enter |
# | leave a cell, to give commands | Esc |
# | … then: new cell above, below | A, B |
# | … then: delete the cell, bring it back | D D, Z |
# | complete a name | Tab |
# | see what a function wants | Shift+Tab, inside its brackets |
# | stop a cell that does not end | Esc, then I I |
# | see a picture on the whole screen | click on it; Esc leads back |
# | save | Ctrl+S |
# | start afresh | menu *Kernel* → *Restart Kernel…* |
#
# In the browser edition nothing stops a cell: if it does not end, start afresh, and run the cells
# above it again. What you have typed stays, and what has passed a check too.
#
# One trap catches everybody once. Run the next cell. Then run it again. And again.

# %%
if "price" not in globals():
    price = 100
price = price * 2
print("price:", price)

# %% [markdown]
# The kernel remembers, so a cell that changes its own input gives another result each time. And
# cells can run in any order, so what you see may come from a cell that you have long since changed.
# When something makes no sense, restart the kernel and run from the top. You lose nothing that has
# passed a check.
#
# ## 3 Arrays have shapes
#
# All data in this course are NumPy arrays, and the errors that hide best are wrong shapes. Here are
# three houses with two features each:

# %%
houses = np.array([[120.0, 3.0], [80.0, 2.0], [200.0, 5.0]])  # area (m²), rooms
print(houses.shape, houses[1], houses[:, 0])

# %% [markdown]
# `(3, 2)`: three rows, two columns. **Rows are examples**, always. `houses[1]` is one example (counting starts at 0),
# `houses[:, 0]` is one feature of all examples.
#
# *Before you run the next cell*, say what shape each of the four will have. (`*` multiplies entry by
# entry, `@` is the matrix product, and `mean` runs along one axis, 0 or 1. Where you don't know,
# guess: the table answers.)

# %%
w = np.array([2.0, 10.0])  # one weight per feature, (2,)
results = {
    "houses * w": houses * w,
    "houses @ w": houses @ w,
    "houses.mean(axis=0)": houses.mean(axis=0),
    "houses.mean(axis=1)": houses.mean(axis=1),
}
rows = [[name, str(value.shape), str(value.round(1).tolist())] for name, value in results.items()]
show.table(rows, ["expression", "shape", "value"])

# %% [markdown]
# `axis` names the direction that *disappears*: `axis=0` leaves one mean per feature, `axis=1` one
# per house. And `*` is not `@`. Both multiply entry by entry, but the at-sign adds up as well, row
# by row, which gives one number per house. That is what a neuron does: 120·2 + 3·10 = 270 for the
# first house.
#
# In the first line the shapes, (3, 2) and (2,), are not even the same. NumPy lays them side by side from the right and
# *stretches* what is missing or has length 1: here it repeats `w` for each of the three houses. That is called
# **broadcasting**. It is handy where you mean it.
#
# Arrays can be written to as well. `rows = np.zeros((2, 3))` makes two rows of three zeros, and
# `rows[1, 2] = 1` puts a 1 into row 1, column 2. (If your last Python loop was long
# ago, there is a refresher in section 8.)

# %% tags=["author"]
assert (houses @ w)[0] == 270
assert (houses * w).shape == (3, 2)
assert (houses @ w).shape == (3,)

# %% [markdown]
# ## 4 Your first exercise
#
# An exercise is a task, a cell for your answer, and a cell that checks it. Type your answer in
# place of the line `raise NotImplementedError()`, run the cell, run the check. (The check sees what
# has been *run*, not what has been typed.) Get it wrong on purpose first: leave out $b$, say. (It
# is the **bias**, a number of the neuron's own that is added to whatever comes in.) Then read the
# card. It tells you what is right so far, the first case that fails, and, if it is a mistake we
# know, its name.

# %%
from weighted_sum import weighted_sum

# %% [markdown]
# If the card does not help enough, click on *Hint 1 of 4* in it; `hint("weighted_sum")` in a cell of your own (Esc, B) shows the
# same. The first hint tells you where to look, the next one gives the idea, then a worked relative of the task, then the
# outline. Take as few as you need; they cost no points. *Play with this input* says how to get the failing case into
# variables of your own. After an honest attempt, `solution("weighted_sum")` shows one way to do it.
#
# ## 5 Labels as rows
#
# The digit above has the label 0. A network with ten outputs answers with ten numbers, one per
# class, so each label has to become ten numbers as well: a 1 in the right place and zeros
# elsewhere. That is called **one-hot**. (Think of ten lamps, one of them lit.) Examples that are
# handled together, here a row of labels, are called a **batch**; `(batch, 10)` means a row of ten
# numbers for each of them.

# %%
from one_hot import one_hot

# %% [markdown]
# > ### Myth: "A dense network sees the picture."
# >
# > In a *dense* network, the kind you will build, each unit weighs all of the 64 numbers, which
# > arrive in a row. Does it know which of them are neighbours? *Predict*: if we shuffle the 64
# > pixels of the digit like a pack of cards, and the 64 weights along with them, what happens to
# > the weighted sum?

# %%
rng = np.random.default_rng(0)
weights = rng.normal(size=64)
order = rng.permutation(64)
print("in order:", X[0] @ weights, "   shuffled:", X[0][order] @ weights[order])

# %% tags=["author"]
assert np.isclose(X[0] @ weights, X[0][order] @ weights[order])

# %% [markdown]
# > It stays the same, up to rounding in the last digits. A sum does not care about order. To a
# > dense network the shuffled picture is as good as the real one, and it would learn to read
# > shuffled digits just as well. It does not see; it weighs. Networks that know about neighbours
# > have to be built that way (section 9).
#
# ## 6 Break it: another pair of brackets
#
# Take four predictions, four *targets* (what would have been right), and their mean squared
# difference, twice. (Such a number, for how wrong a model is, is called a *cost*.) Only the brackets
# around the targets differ. *Predict*: the same result, a different one, or an error message?

# %%
predictions = np.array([1.0, 2.0, 3.0, 4.0])  # (4,)
targets = np.array([1.0, 2.0, 3.0, 5.0])  # (4,)
as_column = targets.reshape(4, 1)  # (4, 1): the same numbers, one below the other
print(np.mean((predictions - targets) ** 2), np.mean((predictions - as_column) ** 2))

# %% tags=["author"]
assert np.mean((predictions - targets) ** 2) == 0.25
assert np.mean((predictions - as_column) ** 2) == 3.5

# %% [markdown]
# 0.25 and 3.5. In real code nobody prints the right one next to it. (Tip: look at `(predictions - as_column).shape`.)

# %%
from break_shapes import break_shapes

# %% [markdown]
# > **A good place to stop for the day**, if you have had enough. What follows is about grading,
# > what you already know, and the map of the field. Section 7 is a fresh start.
#
# ## 7 How grading works
#
# **Your functions.** Points stand after each title. Exercises worth one point are all or nothing;
# larger ones give a share for each check.
#
# - *Check as often as you like.* The progress map keeps your best.
# - *Other ways of writing a right answer are right.* Loops, other formulas, lists instead of arrays:
#   what counts is the value and the shape.
# - *Leave the arguments alone.* If your function changes an array that was handed to it, the card
#   says so and the check fails.
#
# **Your words.** *Questions* are answered by a click on an option; run their cell to see the
# options. *Explanations*, like the one above, get no points from the computer, and `progress()`
# leaves them out of its sum. Open the model explanation with `solution("break_shapes")` and judge
# yours by the marking scheme below it.
#
# **What is asked for your own sake** gives no points. We remember longer what we had to dig up than
# what we read again (Roediger and Karpicke, 2006).
#
# - *Recall questions* come from earlier chapters.
# - *A question about your own code* sometimes follows a pass: how often does a line of yours run,
#   say, or what shape does it make?
# - *`today()`*, in a cell of your own, asks what is due again: a question you once got wrong, or a
#   function of yours to write once more. That takes five minutes, and the gaps grow each time it
#   goes well (Kang et al., 2014).
#
# **Save your notebooks**: your answers are in them. On a borrowed server, such as Binder, everything
# is gone when the session ends; the last fold below says how to take it with you.
#
# <details><summary>If you are in a class</summary>
#
# Marks are given for what stands in the notebook you hand in. They are computed with other random
# numbers than you see here, so an answer made to fit the examples gains nothing. Of a question, the
# letter counts that stands in the cell's first line, like `field_question = "a"`. A click writes it
# there, and typing it does the same; no other cell has to be run. Explanations are read by a
# teacher, who gives the points shown after their titles.
#
# </details>
#
# <details><summary>Where things are kept, and what a new edition does with them</summary>
#
# What passed is in `my_ann.py`. What you tried, with the date, is in `progress.jsonl`, a file of
# your own outside this folder, and nothing of it leaves your machine. A new edition of the course
# reads both files and changes neither. If you began with the command `annkit start`, then
# `annkit start --update` brings the corrections into your notebooks and leaves your answers alone.
# If you cloned the repository, rename the notebooks you have worked in before you pull: the new ones
# come under the old names, and yours go on running.
#
# </details>
#
# <details><summary>On a borrowed server: how to take your work with you</summary>
#
# Before you leave, run `export_work()`, imported like `check`, and download the file it names. Elsewhere, or the next
# day, `import_work()` goes on with it.
#
# </details>
#
# ## 8 Self-test
#
# Ten minutes and four questions on what the course needs. Wrong answers are welcome: each is
# explained, and after each question comes a refresher.

# %%
from recall_chain_rule import recall_chain_rule

# %% [markdown]
# <details><summary>Refresher: the derivative of a composite</summary>
#
# The derivative of $f$ at $x$ says how many times faster $f$ changes than $x$. If $u = 2x + 1$ changes twice as fast as $x$, and
# $f = u^3$ changes $3u^2$ times as fast as $u$, then $f$ changes $3u^2 \cdot 2$ times as fast as $x$:
#
# $$f(x) = g(h(x)) \quad\Rightarrow\quad f'(x) = g'(h(x))\cdot h'(x)$$
#
# Mind where $g'$ is taken: at $h(x)$, not at $x$. For $f(x) = (2x+1)^3$ at $x = 1$: the inside is 3, $g' = 3\cdot 3^2 = 27$, $h' = 2$, so
# $f'(1) = 54$. A small difference agrees: from $x = 1$ to $1.001$, $f$ grows from 27 to 27.054, by about 54 thousandths.
#
# </details>

# %% tags=["author"]
assert round((2 * 1.001 + 1) ** 3, 3) == 27.054

# %%
from recall_matrix_product import recall_matrix_product

# %% [markdown]
# <details><summary>Refresher: the matrix product</summary>
#
# Entry $(i, j)$ of $XW$ is row $i$ of $X$ times column $j$ of $W$: multiply position by position, add up.
#
# $$\begin{pmatrix} 1 & 2 \\ 3 & 4 \\ 5 & 6\end{pmatrix}\begin{pmatrix} 1 & 0 \\ 10 & 2\end{pmatrix} = \begin{pmatrix} 21 & 4 \\ 43 & 8 \\ 65 & 12\end{pmatrix} \qquad (3,\mathbf 2)\,(\mathbf 2, 2) \to (3, 2)$$
#
# The inner numbers of the shapes must agree, and vanish. Order matters: $WX$ would not even exist here.
#
# </details>

# %% tags=["author"]
product = np.array([[1, 2], [3, 4], [5, 6]]) @ np.array([[1, 0], [10, 2]])
assert product.tolist() == [[21, 4], [43, 8], [65, 12]]

# %%
from recall_mean_variance import recall_mean_variance

# %% [markdown]
# <details><summary>Refresher: mean and variance</summary>
#
# The mean is the sum, divided by how many numbers there are, $\bar x = \frac1n\sum_i x_i$. The
# variance is the mean squared distance from it, $\frac1n\sum_i (x_i - \bar x)^2$, and its square
# root is the standard deviation. For 1, 2, 6: mean 3, distances −2, −1, 3, squares 4, 1, 9,
# variance 14/3. We divide by $n$, as `np.var` does. Dividing by $n - 1$ answers a different
# question.
#
# </details>

# %% tags=["author"]
assert np.mean([1, 2, 6]) == 3
assert np.isclose(np.var([1, 2, 6]), 14 / 3)
assert np.isclose(np.var([1, 3, 8]), 26 / 3)

# %%
from recall_loop import recall_loop

# %% [markdown]
# <details><summary>Refresher: a Python loop</summary>
#
# `for i, x in enumerate(numbers):` runs the indented lines once per entry, with `i` counting from 0
# and `x` the entry. What the lines assign stays assigned, and that is how you add things up.
#
# ```python
# total = 0
# for i, x in enumerate([5, 6, 7]):
#     total = total + i * x      # 0·5, then 1·6, then 2·7
# print(total)                   # 20
# ```
#
# If this was new, work through chapters 3 to 5 of the official Python tutorial (docs.python.org) first. It is time well spent.
#
# </details>

# %% tags=["author"]
assert sum(i * x for i, x in enumerate([5, 6, 7])) == 20

# %% [markdown]
# **Three or four right:** go on. **Two:** read the refreshers, then go on. **Fewer:** no reason to
# stop, but allow twice the time for the derivations of chapters 6 and 8.
#
# ## 9 The map of the field
#
# Nearly all neural networks are made of the same unit, a weighted sum followed by a function. What differs is which
# units are connected, and which connections share a weight.

# %%
show.network_families()

# %% [markdown]
# - **Dense** networks connect everything with everything. They suit a table, whose columns have no
#   order. (Forests of decision trees suit it too, and on many tables they do better with less
#   tuning; Grinsztajn et al., 2022.) They are also the most general kind: cut most connections of a
#   dense network and let the others share weights, and you have a convolutional one. (A recurrent
#   one too, for sequences of one length, with a layer for every step.) *This course builds a dense
#   one from nothing.*
# - **Convolutional** networks slide one small detector over the whole picture: what is learned in one place is known everywhere
#   (Fukushima, 1980; LeCun et al., 1989).
# - **Recurrent** networks read a sequence step by step and carry a memory along (Elman, 1990). For language they have largely given way
#   to *transformers*, in which each word looks at all others (Vaswani et al., 2017); most of the weights in those sit in dense layers.
#
# All these families are **deep learning** when they have several layers. Deep learning is part of
# *machine learning*, in which a program's numbers are fitted to examples. That in turn is part of
# *artificial intelligence*, which also includes chess programs and route planners that fit nothing.
#
# Where do the right answers come from? In **supervised** learning, which is all of this course, each
# example comes with its answer: somebody wrote down which digit it is, or what the house sold for.
# In **self-supervised** learning the answers are a part of the data: the next word, a covered patch.
# **Unsupervised** learning has none, and looks for groups or directions. So the popular sentence
# "deep learning learns from unlabelled data" is true of the last two, and not of the first.
#
# In chapter 13 you will write the core of a convolution, of a recurrent step and of attention
# yourself, and come back to this map.

# %%
from field_question import field_question

# %% [markdown]
# ## 10 Notation
#
# Text, formulas and code say the same thing in the same order. You need none of this today. It is a
# page to come back to, and each sign is explained again where it first appears.
#
# | sign | in code | shape | what it is |
# |---|---|---|---|
# | $X$ | `X` | (batch, features) | inputs, one example per row |
# | $y$, $\hat y$ | `y`, `y_hat` | (batch, outputs) | targets, and what the network says |
# | $W$, $b$ | `W`, `b` | (n_in, n_out), (n_out,) | weights and biases of a layer |
# | $z = XW + b$ | `z = X @ W + b` | (batch, n_out) | the weighted sums, before anything is done with them (*pre-activation*) |
# | $a = f(z)$ | `a = f(z)` | like z | activation: what the units pass on (chapter 1) |
# | $f'(z)$ | `f_prime(z)` | like z | slope of $f$, always at $z$ (chapter 3) |
# | $C$ | `cost` | a number | how wrong the network is on a batch (chapter 5); $C$ also counts classes where shapes are given |
# | $\partial C/\partial W$ | `dW` | like W | slope of the cost for each weight; `dX` has the shape of `X` (chapter 6) |
# | $\delta$ (delta) | `delta` | like z | slope of the cost for each $z$ (chapter 10) |
# | $\eta$ (eta) | `learning_rate` | a number | how far a step of learning goes (chapter 2) |
# | — | `rng` | | a source of random numbers, handed over, never global |
#
# Capital letters are matrices. Books differ here: many put examples in columns and write $Wx$. If a
# formula elsewhere looks transposed, it is.
#
# ## 11 In short
#
# | question | answer |
# |---|---|
# | inexplicable result? | restart the kernel, run from the top |
# | what are rows? | examples |
# | `*` or `@`? | entry by entry, or row by column and summed |
# | stuck? | `hint("…")`, then `solution("…")` |
# | how far am I? | `progress()` |
# | what do I still know? | `today()` |
#
# **What you built:** `weighted_sum` (one neuron without its activation) and `one_hot`. What passed its check is in `my_ann.py` now, one folder up.
#
# <details><summary>References</summary>
#
# - J. L. Elman (1990). Finding structure in time. *Cognitive Science* 14, 179–211.
# - K. Fukushima (1980). Neocognitron: a self-organizing neural network model for a mechanism of pattern recognition unaffected by shift in position. *Biological Cybernetics* 36, 193–202.
# - L. Grinsztajn, E. Oyallon, G. Varoquaux (2022). Why do tree-based models still outperform deep learning on typical tabular data? *Advances in Neural Information Processing Systems* 35.
# - S. H. K. Kang, R. V. Lindsey, M. C. Mozer, H. Pashler (2014). Retrieval practice over the long term: should spacing be expanding or equal-interval? *Psychonomic Bulletin & Review* 21, 1544–1550.
# - Y. LeCun et al. (1989). Backpropagation applied to handwritten zip code recognition. *Neural Computation* 1, 541–551.
# - H. L. Roediger, J. D. Karpicke (2006). Test-enhanced learning: taking memory tests improves long-term retention. *Psychological Science* 17, 249–255.
# - A. Vaswani et al. (2017). Attention is all you need. *Advances in Neural Information Processing Systems* 30.
#
# </details>
#
# <details><summary>Words of this chapter, English and Chinese</summary>
#
# | English | 中文 | in a few words |
# |---|---|---|
# | notebook, cell, kernel | 笔记本、单元格、内核 | page, its pieces, the program that runs them |
# | array, shape, axis | 数组、形状、轴 | numbers in a grid, its size, a direction in it |
# | broadcasting | 广播 | stretching shapes until they fit |
# | batch | 批次 | the examples handled together |
# | weighted sum | 加权和 | each input times its weight, added up |
# | weight, bias | 权重、偏置 | what is learned |
# | label, one-hot encoding | 标签、独热编码 | class number; a row with a single 1 |
# | chain rule | 链式法则 | derivative of a composite |
# | variance, standard deviation | 方差、标准差 | mean squared distance from the mean, its square root |
# | dense (fully connected) network | 全连接网络 | every unit sees every input |
# | convolutional network | 卷积神经网络 | one detector slides everywhere |
# | recurrent network | 循环神经网络 | a state is carried along |
#
# </details>
#
# Next: **chapter 1**, where a real nerve cell decides whether to fire.

# %%
progress()
