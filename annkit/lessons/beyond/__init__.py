"""Chapter 13, beyond: what a network gains when its weights are shared, and what it pays.

In come digits that moved and bits heard long ago, out go shares of right answers and pictures.
Begin with `sharing`: the four ways, as tables of weights; `explorer` shows them. A convolution
is trained in `small_convolution` on `shifted_digits`, a recurrence in `remembering`.
"""
