"""Chapter 9, automatic differentiation: numbers that remember what they were made from.

In come computations on `Node`s, out go their gradients and every step on the way. Begin with
`number`, the engine, then `tape`, its steps; `closures` is another way to remember, `cases` are
six computations that `pictures` draws and `explorer` plays, `mode_pictures` compares the two
directions.
"""
