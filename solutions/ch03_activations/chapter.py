# %% [markdown]
# # 3 Activation functions

# %%
from recall_affine_shape import recall_affine_shape

# %%
from recall_rate_curve import recall_rate_curve

# %%
from recall_xor_layers import recall_xor_layers

# %%
from linear_collapse import linear_collapse

# %%
from collapse_question import collapse_question

# %%
from step import step

# %%
from sigmoid import sigmoid

# %%
from sigmoid_prime import sigmoid_prime

# %%
from saturated_fraction import saturated_fraction

# %%
from saturation_question import saturation_question

# %%
from tanh_prime import tanh_prime

# %%
from relu import relu

# %%
from relu_prime import relu_prime

# %%
from dead_units import dead_units

# %%
from dying_question import dying_question

# %%
from leaky_relu import leaky_relu

# %%
from leaky_relu_prime import leaky_relu_prime

# %%
from break_relu import break_relu

# %%
from softmax import softmax

# %%
from output_question import output_question
