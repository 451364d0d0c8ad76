"""Two slips at once are told, one by its name; nothing is told where it might be another pair."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from annkit.exercises import Report, course, judge


def judged(id: str, answer: Callable[..., Any]) -> Report:
    return judge(course().load(id), answer)


def rows_of_logits(z: Any, labels: Any) -> Any:
    """The sum of the losses, shifted in one place only."""
    m = z.max(axis=1, keepdims=True)
    return np.sum(np.log(np.exp(z - m).sum(axis=1)) - z[np.arange(len(z)), labels])


def flipped_mean(image: Any, kernel: Any) -> Any:
    """The kernel turned round, and a mean."""
    patches = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (patches * kernel[::-1, ::-1]).mean(axis=(2, 3))


def uphill_without_a_start(gradient: Any, x0: Any, learning_rate: Any, n_steps: Any) -> Any:
    x, path = np.array(x0, dtype=float), []
    for _ in range(n_steps):
        x = x + learning_rate * gradient(x)
        path.append(x)
    return np.array(path)


@pytest.mark.parametrize(
    ("id", "answer", "mistake", "besides"),
    [
        (
            "half_squared_error",
            lambda y_hat, y: np.sum((y_hat - y) ** 2, axis=0),
            "sums_over_examples",
            "your result is exactly 2 times what that alone gives, every time.",
        ),
        (
            "cross_entropy_cost",
            rows_of_logits,
            "only_the_sum_is_shifted",
            "your result is exactly the number of rows of `z` times what that alone gives.",
        ),
        (
            "conv2d",
            flipped_mean,
            "kernel_flipped",
            "your result is exactly what that alone gives divided by the number of entries of "
            "`kernel`.",
        ),
        (
            "margin",
            lambda X, y, w, b: np.mean(y * (X @ w)) / np.linalg.norm(w),
            "average_distance",
            "you compute as for `b` = 0.",
        ),
        (
            "rnn_step",
            lambda x, h, W_xh, W_hh, b: np.tanh(x @ W_xh + h @ W_hh.T),
            "state_through_the_transpose",
            "you compute as for `b` = 0.",
        ),
        (
            "output_delta",
            lambda z, y_hat, y, f_prime: (y - y_hat) / len(y),
            "prime_missing",
            "your result is exactly what that alone gives with the other sign.",
        ),
        (
            "dense_gradients",
            lambda a_prev, delta: (delta.T @ a_prev / len(delta), delta.mean(axis=0)),
            "mean_again",
            "the first part of your result is the transpose of what that alone gives.",
        ),
        (
            "gradient_descent",
            uphill_without_a_start,
            "start_left_out",
            "you compute as for `gradient` or `learning_rate` with the other sign.",
        ),
    ],
)
def test_a_known_mistake_and_something_besides(
    id: str, answer: Callable[..., Any], mistake: str, besides: str
) -> None:
    report = judged(id, answer)
    assert report.mistake == mistake
    assert report.mistake_text.endswith(f" Besides, {besides}")
    assert report.next_step.startswith("Mend that and check again")


def minus_the_probability(z: Any, y: Any) -> Any:
    """One sign is wrong; "downhill" with another sign besides comes to the same."""
    return (-0.5 * (1 + np.tanh(z / 2)) - y) / len(z)


@pytest.mark.parametrize(
    ("id", "answer"),
    [
        ("bce_grad", minus_the_probability),
        # Minus the strict comparison, but for the sign of 0, which is right here.
        ("perceptron_predict", lambda X, w, b: np.where(X @ w + b <= 0, 1.0, -1.0)),
        # Minus what −X would give, with the learning rate inside.
        (
            "momentum_step",
            lambda w, g, velocity, learning_rate, beta=0.9: (
                w + beta * velocity + learning_rate * g,
                beta * velocity + learning_rate * g,
            ),
        ),
    ],
)
def test_nothing_is_named_where_it_may_be_another_slip(id: str, answer: Callable[..., Any]) -> None:
    report = judged(id, answer)
    assert (report.mistake, report.suspects) == (None, ())
    assert "Besides" not in report.message


def test_not_a_number_and_an_argument_handed_back_are_no_two_slips() -> None:
    nowhere = judged("attention", lambda Q, K, V: np.full((len(Q), V.shape[1]), np.nan))
    shift = judged("batchnorm_forward", lambda z, gamma, beta, eps=1e-5: beta)
    assert [(one.points, one.mistake) for one in (nowhere, shift)] == [(0, None)] * 2


def test_what_is_shown_is_a_part_that_the_mistake_spoils() -> None:
    """The bias' gradient has a wrong shape; that the weights' is a mean is told later."""
    report = judged(
        "dense_gradients", lambda a_prev, delta: (a_prev.T @ delta / len(delta), delta.sum(axis=1))
    )
    assert report.mistake == "bias_per_example"
    assert report.next_step.startswith("Mend that first")


def test_of_two_mistakes_none_is_said_to_be_the_only_one() -> None:
    """The words of a bias alone begin with "Your db is right"."""
    report = judged(
        "dense_gradients", lambda a_prev, delta: (a_prev.T @ delta / len(delta), -delta.sum(axis=0))
    )
    assert report.mistake == "weights_by_mean"
    assert report.mistake_text.startswith("dW is divided by the batch")
