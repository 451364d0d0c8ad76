"""Chapter 11, training in practice: what helps a network to learn, what hurts, and how it shows.

In come recipes and examples, out go verdicts over many runs and charts of single patients. Begin
with `stacked`, which trains many networks at once on `drawn_examples`. `trials`, `signal_sizes`,
`rates`, `shifts` and `leakage` are the chapter's experiments, `pictures` draws them. For the
centre-piece begin with `clinic`: `vitals` measures, `dashboard` draws, `explorer` adds sliders.
"""
