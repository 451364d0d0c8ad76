"""Chapter 6, gradient descent: ways down a cost of a few parameters, with every step kept.

In come a cost and its gradient, out go paths. Begin with `downhill`, the methods; `cases` walks
three landscapes with them, `explorer` shows the walks, and `pictures` splits a start into parts.
"""
