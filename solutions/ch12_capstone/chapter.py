# %% [markdown]
# # 12 · Your network on real data

# %%
from confusion_matrix import confusion_matrix

# %%
from mlp import MLP

# %%
from house_model import house_model

# %%
from digits_model import digits_model
