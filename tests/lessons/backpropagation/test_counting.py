"""Arrays that count: every multiplication of every matrix product, and nothing else."""

import numpy as np

from annkit.lessons.backpropagation.counting import Ledger
from annkit.lessons.backpropagation.passes import backward_pass, corner_network, forward_pass


def test_a_product_of_n_by_k_and_k_by_m_takes_n_k_m():
    ledger = Ledger()
    left = ledger.array(np.ones((2, 3)))
    product = left @ np.ones((3, 5))
    assert ledger.products == 30
    assert isinstance(np.ones((4, 2)) @ product, np.ndarray)
    assert ledger.products == 30 + 40


def test_views_and_results_count_in_the_same_ledger():
    ledger = Ledger()
    left = ledger.array(np.ones((2, 3)))
    (2 * left + 1).T @ np.ones((2, 4))
    assert ledger.products == 24


def test_sums_and_other_functions_are_not_counted_and_right():
    ledger = Ledger()
    array = ledger.array([[1.0, 2.0], [3.0, 4.0]])
    assert float(np.exp(array).sum()) == np.exp([[1.0, 2.0], [3.0, 4.0]]).sum()
    array += 1
    np.testing.assert_array_equal(array, [[2, 3], [4, 5]])
    assert ledger.products == 0


def test_what_is_counted_is_what_is_computed():
    ledger = Ledger()
    params = corner_network(2)
    counted = [(ledger.array(W), ledger.array(b)) for W, b in params]
    X, Y, names = np.array([[1.0, 2.0]]), np.array([[1.0, 0.0]]), ["sigmoid", "sigmoid"]
    kept = forward_pass(ledger.array(X), counted, names)
    assert ledger.products == 8
    back = backward_pass(kept, ledger.array(Y), counted)
    assert ledger.products == 8 + 16
    plain = backward_pass(forward_pass(X, params, names), Y, params)
    np.testing.assert_allclose(back[0].dW, plain[0].dW)
