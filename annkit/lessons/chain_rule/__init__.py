"""Chapter 8, the chain rule: formulas of one neuron, and how fast they grow with the layers.

In come formulas of `annkit.symbolic`, out go pictures of them. Begin with `explorer`, a derivation
line by line; `expression_tree` draws any formula, `growth_picture` what deep networks cost.
"""
