# %% [markdown]
# # Perceptrons

# %%
from recall_weighted_sum import recall_weighted_sum

# %%
from recall_inhibition import recall_inhibition

# %%
from recall_rheobase import recall_rheobase

# %%
from perceptron_predict import perceptron_predict

# %%
from copies_question import copies_question

# %%
from margin import margin

# %%
from boundary_question import boundary_question

# %%
from perceptron_update import perceptron_update

# %%
from perceptron_fit import perceptron_fit

# %%
from mistake_bound import mistake_bound

# %%
from bound_question import bound_question

# %%
from xor_impossible import xor_impossible

# %%
from nonseparable_question import nonseparable_question

# %%
from xor_network import xor_network

# %%
from break_perceptron import break_perceptron
