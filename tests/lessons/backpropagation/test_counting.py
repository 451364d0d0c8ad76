"""Arrays that count: every multiplication of every matrix product, and nothing else."""

import numpy as np

from annkit.lessons.backpropagation.counting import MultiplicationCounter, multiplications
from annkit.lessons.backpropagation.passes import backward_pass, corner_network, forward_pass


def test_a_product_of_n_by_k_and_k_by_m_takes_n_k_m():
    counter = MultiplicationCounter()
    left = counter.array(np.ones((2, 3)))
    product = left @ np.ones((3, 5))
    assert counter.products == 30
    assert isinstance(np.ones((4, 2)) @ product, np.ndarray)
    assert counter.products == 30 + 40


def test_views_and_results_count_in_the_same_counter():
    counter = MultiplicationCounter()
    left = counter.array(np.ones((2, 3)))
    (2 * left + 1).T @ np.ones((2, 4))
    assert counter.products == 24


def test_sums_and_other_functions_are_not_counted_and_right():
    counter = MultiplicationCounter()
    array = counter.array([[1.0, 2.0], [3.0, 4.0]])
    assert float(np.exp(array).sum()) == np.exp([[1.0, 2.0], [3.0, 4.0]]).sum()
    array += 1
    np.testing.assert_array_equal(array, [[2, 3], [4, 5]])
    assert counter.products == 0


def test_what_is_counted_is_what_is_computed():
    counter = MultiplicationCounter()
    params = corner_network(2)
    counted = [(counter.array(W), counter.array(b)) for W, b in params]
    X, Y, names = np.array([[1.0, 2.0]]), np.array([[1.0, 0.0]]), ["sigmoid", "sigmoid"]
    kept = forward_pass(counter.array(X), counted, names)
    assert counter.products == 8
    back = backward_pass(kept, counter.array(Y), counted)
    assert counter.products == 8 + 16
    plain = backward_pass(forward_pass(X, params, names), Y, params)
    np.testing.assert_allclose(back[0].dW, plain[0].dW)


def test_the_way_back_takes_twice_the_multiplications_of_the_way_there():
    assert multiplications([4, 3, 2], batch=5) == (5 * (4 * 3 + 3 * 2), 2 * 5 * (4 * 3 + 3 * 2))
