"""Formulas as objects: the only part of the package that imports SymPy.

`transport` carries expressions as plain lists, `equivalence` decides whether two are the same
function. Each is imported where it is used, so that `import annkit` does not load SymPy.
"""
