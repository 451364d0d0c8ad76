"""Slopes that are measured instead of derived, told by their source."""

import ast

import pytest

from annkit.source.signs_of_measuring import signs_of_measuring


def signs(source: str) -> list[str]:
    """What looks like measuring in a source."""
    uses = signs_of_measuring(ast.parse(source))
    assert not any(use.certain for use in uses)
    return [use.name for use in uses]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("def f(z):\n    return g(z + 1e-20j) / 1e-20", "1e-20j"),
        ("def f(z):\n    return g(z + h * 1j).imag / h", "1j"),
        ("def f(z):\n    return np.imag(g(z + complex(0, h))) / h", "np.imag"),
        ("z = np.asarray(z, dtype=np.complex128)", "np.complex128"),
        ("def f(z):\n    return np.gradient(g(z), h)", "np.gradient"),
        ("slopes = map(np.gradient, values)", "np.gradient"),
        ("def f(z):\n    return autograd.grad(g)(z)", "autograd.grad"),
        ("[slope] = torch.autograd.grad(g(z), z)", "torch.autograd.grad"),
        ("slope = jax.vmap(jax.grad(g))", "jax.grad"),
        ("slope = sympy.diff(g(z), z)", "sympy.diff"),
        ("slope = g(z).diff(z)", "g(z).diff"),
        ("from scipy.differentiate import derivative", "scipy.differentiate"),
        ("import jax.numpy as jnp", "jax.numpy"),
        ("s = (g(z + h) - g(z)) / h", "g(z + h) - g(z)"),
        ("s = (g(z) - g(z - h)) / h", "g(z) - g(z - h)"),
        ("s = (np.tanh(z + h) - np.tanh(z - h)) / (2 * h)", "np.tanh(z + h) - np.tanh(z - h)"),
        ("above = cost(up)\nbelow = cost(down)\ns = (above - below) / h", "above - below"),
        ("above, below = cost(up), cost(down)\ns = (above - below) / h", "above - below"),
        ("x[i] += h\na = f(x)\nx[i] -= 2 * h\ns[i] = (a - f(x)) / (2 * h)", "a - f(x)"),
        ("s = (-f(x + 2*h) + 8*f(x + h) - 8*f(x - h) + f(x - 2*h)) / 12 / h", "f(x + h)"),
    ],
)
def test_measuring_is_told_however_it_is_written(source: str, name: str) -> None:
    assert any(name in sign.replace(" * ", "*") for sign in signs(source)), signs(source)


@pytest.mark.parametrize(
    "source",
    [
        "def f(z):\n    return 1 - np.tanh(z) ** 2",
        "def f(z):\n    s = sigmoid(z)\n    return s * (1 - s)",
        "def f(z):\n    a, b = np.exp(z), np.exp(-z)\n    return 4 / (a + b) ** 2 - (a - b) * 0",
        "def f(y_hat, y):\n    return (y_hat - y) / len(y)",
        "def f(z, labels):\n    return (softmax(z) - one_hot(labels, z.shape[1])) / len(z)",
        "miss = X @ W + b - y\nreturn_ = X.T @ miss, miss.sum(axis=0)",
        "gradient = np.zeros(3)\ngradient[0] -= 1",
        "self.grad = 0.0\nself.grad += slope * out.grad",
        "for source in self.inputs:\n    source.grad += self.grad * self.derivative",
        "y.backward()\nprint(y.inputs[0].grad, x.grad.copy())",
        "class Value:\n    def deriv(self): ...\n    def back(self):\n        self.deriv()",
        "s, t = sum(dout), sum(dout * z_hat)\ndz = len(dout) * dout - s - z_hat * t",
    ],
)
def test_formulas_are_not(source: str) -> None:
    assert signs(source) == []


def test_the_line_is_told() -> None:
    [use] = signs_of_measuring(ast.parse("def f(z):\n\n    return g(z + 1j)"))
    assert (use.line, str(use)) == (3, "`1j` (line 3)")
