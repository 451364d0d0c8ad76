# %% [markdown]
# # 12 · Your network on real data

# %%
from mlp import MLP
