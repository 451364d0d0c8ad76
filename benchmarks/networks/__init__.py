"""Training and checking networks: annkit's library next to what one might use instead.

`python -m benchmarks training` and `python -m benchmarks learning` write tables and a picture to
`benchmarks/results/`. Contestants that are not installed (PyTorch, JAX) are left out and said so.

Not here: whether the results are right (`tests/nn`).
"""
