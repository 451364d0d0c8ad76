"""Chapter 2, the perceptron: it learns from its mistakes, and there is a proof that it ends.

In come examples with labels -1 and +1, out go the steps of the learning and what the proof says
of them. Begin with `learning`; `cases` are sets of examples that `explorer` plays, `plane` draws
lines and classes for all pictures, `proof` has the two of the proof.
"""
