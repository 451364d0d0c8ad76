"""Chapter 7, stochastic gradient descent: noise, batches, and four optimisers side by side.

In come examples and an optimiser, out go paths and how far above the lowest cost they hover. Begin
with `walks`; `explorer` is the race of the optimisers, `pictures` draws batches and noise.
"""
