"""Chapter 6, gradient descent: ways down a cost of a few parameters, with every step kept.

In come a cost and its gradient, out go paths. Begin with `downhill`, the methods; `cases` walks
three landscapes with them, and `explorer` shows the walks.
"""
