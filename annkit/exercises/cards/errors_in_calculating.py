"""Errors met in calculating: truth values, shapes, kinds of numbers, operators, NumPy's arguments.

Not here: what an entry consists of (`error_in_words`), errors met in reaching for something
(`errors_in_reaching`).
"""

TABLE = r"""
# One yes or no is wanted, an array holds many.
ValueError: truth value of an array  in  \b(and|or)\b
    `and` and `or` want one yes or no on each side, but an array holds many. If any entry decides,
    ask `(…).any()`; entry by entry it is `&` and `|`, with brackets around both comparisons.

ValueError: truth value of an array  in  (?<![\w.])(max|min)\(.*\.eigh?\(
    `np.linalg.eig` and `eigh` give two things, the eigenvalues and the eigenvectors, and `max`
    compares the two arrays. Take the one you want out of the pair first.

ValueError: truth value of an array  in  (?<![\w.])(max|min)\(
    Python's `max` and `min` cannot compare arrays entry by entry. `np.maximum` and `np.minimum` do
    that for two, and `.max()` finds the largest entry of one. Is it one array that you hand over?

ValueError: truth value of an array  in  [&|]
    `&` and `|` bind tighter than comparisons: put brackets around each, `(a > 0) & (b > 0)`.

ValueError: truth value of an array  in  ([<>]|[=!]=)=?[^<>=()]+([<>]|[=!]=)
    Python reads `0 < a < 1` as `0 < a and a < 1`, and `and` wants one yes or no on each side. For
    arrays it is `(0 < a) & (a < 1)`.

ValueError: truth value of an array
    `if`, `while` and `not` want one yes or no, but an array holds many. Choose entry by entry with
    `np.where`, or multiply by the comparison; or ask about all at once with `.any()` or `.all()`.

TypeError: cannot determine truth value of Relational
    `if` wants a yes or no, but a formula with symbols has no value yet. `sp.Piecewise` holds both
    cases.

# Shapes.
ValueError: (could not|cannot) be broadcast.* \((\d+),\d+\) \(\2,\)|\((\d+),\) \(\3,\d+\)
    A table stands beside one number for each of its rows. NumPy lays a plain row of numbers along
    the columns. Print both shapes: which one would set each number beside its own row?

ValueError: could not be broadcast|cannot be broadcast
    Two arrays of these shapes do not fit together entry by entry. Print both shapes: which axis is
    missing, or has another length?

ValueError: does not have enough dimensions  in  \b[ij]\b
    A single number stands on one side of `@`, which multiplies arrays. In a loop over
    `range(len(X))` the loop's variable is a number `i`; the row is `X[i]`.

ValueError: does not have enough dimensions
    A single number stands on one side of `@`, which multiplies arrays. Which of the two is it?

ValueError: matmul: Input operand|shapes .* not aligned  in  (\b\w[\w.]*) @ \1\b(?!\.T)
    `@` is the matrix product. A square entry by entry is `**2`, a product entry by entry `*`.

ValueError: size 1 is different from|\(dim 1\) != 1 \(dim 0\)  in  \bbackprop\(
    Has each target a row of its own? For one output `backprop` wants a column, (n, 1). A column
    minus n numbers in a row is a whole table, (n, n), and that fits no layer.

ValueError: matmul: Input operand|shapes .* not aligned  in  ^$|@|\bdot\(|matmul\(
    In a matrix product the inner sizes must agree, (n, k) with (k, m). Print both shapes: is the
    order swapped, a transpose missing, or one too many?

LinAlgError: 1-dimensional array given
    Here a matrix is wanted, and a vector came. `np.linalg.solve` takes the matrix first and the
    right-hand side second.

LinAlgError: must be square
    Only a square matrix has an inverse, and `solve` wants one as well. Print the shape: is this the
    matrix you mean?

ValueError: zero-size array to reduction
    The largest or smallest of no numbers does not exist: an array here is empty. `np.any`, `np.all`
    and sums have an answer for that, too.

ValueError: cannot reshape array
    `reshape` keeps the number of entries: the sizes of the new shape must multiply to it.

ValueError: either both or neither of x and y
    `np.where` takes three things: the condition, what comes where it holds, and what elsewhere.

ValueError: must have same number of dimensions
    Tables and rows are not joined to each other. `.ravel()` makes a row of a table; `x[None]` makes
    a table with one row of a row.

ValueError: input array|arrays to concatenate|same shape
    Arrays are joined along one axis; along all others they must be equally long.

ValueError: Improper number of dimensions to norm
    With a number behind the array, `np.linalg.norm` takes vectors and matrices only. With the array
    alone it takes the root of all squares, whatever the shape.

AxisError: out of bounds
    The array has fewer axes than that: a 1-D array has axis 0 only, a single number none.

TypeError: iteration over a 0-d array
    This array is a single number, shape (), and cannot be looped over.

ValueError: inhomogeneous shape  in  lstsq\(
    `np.linalg.lstsq` gives four things back. The solution is the first of them.

ValueError: inhomogeneous shape
    Here a list is to become one array, and its parts have different shapes. Work through them one
    by one, in a loop.

ValueError: setting an array element with a sequence
    Something with several entries stands where one number belongs.

# Nothing where something is wanted.
TypeError|AttributeError: NoneType
    Something here is None. That comes of a function that ends without `return` on some branch, or
    of keeping the result of what works in place: `rng.shuffle(x)`, `xs.sort()`, `xs.reverse()` and
    `xs.append(…)` give nothing back.

# One number, many numbers.
TypeError: only integer scalar arrays|integer argument expected  in  \bnp\.(a?max|a?min)\(
    The second place of `np.max` and `np.min` is an axis. To compare two things entry by entry there
    are `np.maximum` and `np.minimum`.

TypeError: real number, not '?[A-Z]
    `float` and the functions of `math` take a plain number, not an object of a class of yours. It
    may have a method for that, or hold its number as an attribute, such as `.data`.

TypeError: only (length-1|size-1|0-dimensional) arrays|must be real number, not
    `float`, `int` and the functions of `math` take one number. For arrays NumPy has functions of
    the same names, such as `np.exp`.

TypeError: only integer scalar arrays  in  (concatenate|stack)\(
    What is to be joined goes in as one list, with its own brackets: `np.concatenate([a, b])`.

TypeError: only integer scalar arrays|cannot be interpreted as an integer
    Here a whole number is wanted, as a count or as an index of a list.

# Operators.
TypeError: numpy boolean (subtract|negative)
    NumPy does not subtract truth values. Turn them into numbers first: `.astype(float)`.

TypeError: bitwise_xor|for \^
    `^` is no power in Python: write `**`.

TypeError: bitwise_(and|or)|for [&|]:
    `&` and `|` bind tighter than comparisons: put brackets around each, `(a > 0) & (b > 0)`.

TypeError: (unsupported operand|not supported).*'(function|method|builtin_function_or_method)'
    A function does not calculate, its values do: call it with brackets, `f(x)`.

TypeError: for [-+*/]+: ('bool' and|'\w+' and 'bool')
    SymPy does not calculate with True and False. `int(i == j)` is 1 or 0.

TypeError: '(function|method)' object is not iterable
    Here stands a function itself, not its result: are the round brackets of a call missing?

TypeError: can't multiply sequence by non-int|unsupported operand type\(s\).*'(list|tuple)'
    Lists and tuples do not calculate; arrays do. `np.asarray` makes an array of one list of
    numbers; a list of (W, b) pairs is worked through pair by pair, in a loop.

TypeError: can only concatenate (list|tuple)
    Between lists `+` joins; it does not add. Lists and tuples do not calculate; arrays do.
    `np.asarray` makes an array of one list of numbers; a list of (W, b) pairs is worked through
    pair by pair, in a loop.

TypeError: can only concatenate str|must be str|for [-+*/]+: .*'str'
    One of the two is text, and text does not calculate.

TypeError: unsupported operand type\(s\) for [-+*/@%]|bad operand type for unary
    Python finds no method for this operation on these two. In a class of your own each sign has
    one: `__add__` for `+`, `__sub__` for `-`, and `__radd__`, `__rsub__` where the object stands on
    the right.

TypeError: not supported between instances of '(list|tuple)'|and '(list|tuple)'
    A whole list is compared here. Compare one entry of it; or make an array first, with
    `np.asarray`, which is compared entry by entry.

TypeError: not supported between instances
    Python cannot tell which of these two is larger. Of an object of your own, compare the number
    that it holds, such as `.data`.

AssertionError:
    An `assert` stops where it is not so. Does the task promise it, or is a value wrong above it?

ZeroDivisionError:
    Something is divided by 0. Which value can be 0 here, and what should happen then?

ValueError: math domain error|expected a (positive|nonnegative) input
    A logarithm of 0 or less, or a square root of a negative number.

OverflowError:
    The result is too large for a float, whose limit is about 1.8e308; `math.exp` reaches it at 710.

UFuncTypeError|UFuncOutputCastingError|_UFuncOutputCastingError: Cannot cast
    An array of integers cannot take fractions in place. Make it float first.

# NumPy's arguments.
TypeError: Cannot interpret .* as a data type|data type .* not understood
    A shape is one thing, with its own brackets: `np.zeros((3, 4))`, not `np.zeros(3, 4)`.

TypeError: Cannot convert (expression|complex) to float
    `math`, `float` and NumPy want a number, and a formula with letters is none yet. SymPy has its
    own functions for symbols: `sp.exp`, `sp.log`, `sp.tanh`.

TypeError: no callable \w+ method
    NumPy cannot take a function of a symbol, of a list of unequal rows or of other objects. SymPy
    has its own functions for symbols: `sp.exp`, `sp.log`, `sp.tanh`.

SyntaxError|ValueError|TypeError: lambdifygenerated|_lambdifygenerated
    `sp.lambdify` takes the symbols first, then the formula: `sp.lambdify((x, y), formula)`.

AttributeError|TypeError: Generator' object (has no attribute|is not callable)
    A generator draws by methods of other names: `rng.normal`, `rng.random`, `rng.integers`.

AttributeError: module 'numpy(\.\w+)*' has no attribute
    NumPy has nothing of this name: is it spelled as you meant it?
"""
