# %% [markdown]
# # Counting and scaling
#
# A chapter small enough to publish in a blink.

# %%
import numpy as np

from annkit import check, hint, progress, quiz, solution

# %% [markdown]
# ## A warm-up
#
# Three numbers to play with.

# %%
numbers = np.array([1.0, 2.0, 3.0])
numbers.sum()

# %% tags=["author"]
assert numbers.sum() == 6

# %%
from recall_sum import recall_sum

# %% [markdown]
# ## Scaling

# %%
from scaled import scaled

# %% tags=["author"]
assert scaled(numbers).tolist() == [2, 4, 6]

# %% [markdown]
# ## Counting

# %%
from tally import Tally

# %%
from unit_question import unit_question

# %%
from explain_scaling import explain_scaling

# %% [markdown]
# ## A warm-up
#
# The same heading again, on purpose.
