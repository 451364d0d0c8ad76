"""Errors met in reaching for something: an entry, an attribute, a function, a name.

Not here: what an entry consists of (`error_in_words`), errors met in calculating
(`errors_in_calculating`).
"""

TABLE = r"""
# Indices.
TypeError: '(function|builtin_function_or_method|method|type)' object is not subscriptable
    Square brackets pick an entry; a function is called with round ones: `f(x)`, not `f[x]`.

TypeError|IndexError: is not subscriptable|invalid index to scalar
    A single number has no entries to pick from: this is not the list or array you meant.

IndexError: too many indices
    The array has fewer axes than you index: `X[:, 0]` needs two, and a 1-D array has `x[0]` only.

IndexError: arrays used as indices must be
    An array that picks entries holds whole numbers, or truth values; this one holds neither. What
    is in it?

IndexError|TypeError: only integers, slices|must be of integer|slices, not float|slice indices
    An index is a whole number. `/` always gives a float, `//` gives a whole number, and `round`
    makes one of any float.

IndexError: boolean index did not match
    A mask must be as long as the axis it chooses from.

IndexError: is out of bounds for axis 0  in  \[labels\]
    `…[labels]` takes the labels for numbers of rows. One entry of each row wants two indices: the
    number of the row and the label.

IndexError: is out of bounds for axis 1  in  \[:,
    `X[:, k]` picks columns, and there are fewer than that. Rows are picked in the first place,
    `X[k]`.

IndexError:
    An index is larger than what it points into. Counting starts at 0, so the last entry of n is n −
    1.

TypeError: list indices must be integers or slices, not tuple
    `x[i, j]` is for arrays. In a list of lists it is `x[i][j]`.

TypeError: (list|tuple) indices must be integers
    A list or tuple is asked by place, with a whole number.

TypeError: does not support item assignment
    Tuples and single numbers cannot be changed in place: make a list or an array, or build a new
    one.

ValueError: read-only
    This array may only be read: work on a copy, `x.copy()`.

KeyError:
    The dictionary has no such key; `.get(key, default)` gives a default then.

TypeError: unhashable type
    A list, set or array can be neither a dictionary's key nor a member of a set. A tuple can, and
    so can `id(thing)`.

RuntimeError: changed size during iteration
    A dictionary or set must not grow or shrink while a loop walks through it: walk through
    `list(…)` of it.

# Brackets and commas.
TypeError: '(ndarray|numpy\.ndarray|list|tuple|dict)' object is not callable
    Round brackets call a function; square ones pick an entry: `x[0]`, not `x(0)`.

TypeError: object is not callable
    Something is called like a function and is none: a missing operator before a bracket, or a name
    that was given another value.

TypeError: '(int|float|numpy\.\w+)' object is not iterable|'(int|float|numpy\.\w+)' has no len
    A single number cannot be looped over and has no length. To count up to n: `range(n)`. A tuple
    of one number needs a comma: `(x,)`.

TypeError: object is not iterable|has no len\(\)
    Brackets alone make no tuple: `(a)` is `a` itself. The comma makes it: `(a,)`.

TypeError: cannot unpack non-iterable
    Several names are to be filled, and one single thing is there to fill them.

ValueError: values to unpack  in  \bdiff\(
    `diff` takes one symbol at a time; of a list of symbols SymPy makes something else.
    Differentiate by each of them in turn.

ValueError: values to unpack
    There are more names than things to give them, or fewer. Print what is handed out there.

# Names and calls.
AttributeError: 'dict' object has no attribute
    A dictionary is asked with brackets, `cell["tau"]`, not with a dot.

AttributeError: 'numpy.ndarray' object has no attribute '(append|extend|insert)'
    An array does not grow: collect in a list, and make an array of it at the end.

AttributeError: 'numpy.ndarray' object has no attribute 'index'
    `index` belongs to lists. In an array `np.argmin` finds the place of the smallest entry,
    `np.argmax` that of the largest.

AttributeError: 'numpy.ndarray' object has no attribute
    An array has nothing of this name: is it spelled as you meant it, or meant for something else?

AttributeError: '(int|float)' object has no attribute '(data|grad|inputs|slopes|backward|tanh)'
    That is something your nodes have, and here stands a plain number. Did one of your methods
    return a number, or may a number come in here?

AttributeError: ^'[A-Z]\w*' object has no attribute '(\w+)'  in  \bself\.{it}\b(?!\()
    What a method reads from `self` must have been kept there before, by a line such as
    `self.params = …`. What an object needs from the start is kept by `__init__`.

AttributeError: '(list|tuple|int|float)' object has no attribute
    That is something arrays have. Make one first: `x = np.asarray(x)`.

TypeError: ^\w+\.\w+\(\) takes (0|1) positional arguments? but
    A method's first parameter is the object itself, `self`; is it missing in its `def`?

TypeError: unexpected keyword argument
    The function has no argument of this name: is it spelled as in the function's `def`?

TypeError: append\(\) takes exactly one
    `append` takes one thing. A pair is one thing with brackets of its own: `xs.append((a, b))`.

TypeError: takes .*arguments? \(?(but )?\d+ (was |were )?given
    More was handed over than the function takes. A shape needs brackets of its own.

TypeError: \(\) takes no arguments
    The class has no `__init__` that takes them. Two underscores stand on either side of the name.

TypeError: missing \d+ required positional argument
    A function is called with fewer arguments than its `def` asks for.

NameError: '(math|np|sp|sympy|numpy|random|itertools|functools)'
    This module is not imported here: its `import` line is missing, or its cell has not run.

NameError:
    This name does not exist (yet): a typing error, or a cell that has not run.

UnboundLocalError:
    A name is used before it has a value in this function: it is set on one branch only, or a line
    above is missing.

RecursionError:
    A function calls itself too often, or two call each other: without an end, or too deep for
    Python.
"""
