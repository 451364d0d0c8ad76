"""Chapter 3, activations: what a slope does in deep stacks, to dying units, to inputs above zero.

In come activations and a learner's own functions, out go measurements and pictures. Begin with
`measurements`, then `explorer`; `dying_units` and `input_mean` are an experiment each, `silu` is
one more curve.
"""
