"""What stands in for a learner's own kernel, step and attention agrees with arithmetic by hand."""

import numpy as np

from annkit.lessons.beyond import stand_ins


def test_a_kernel_isnt_flipped():
    image = np.array([[5.0, 5.0, 2.0], [0.0, 7.0, 7.0]])
    np.testing.assert_allclose(stand_ins.conv2d(image, np.array([[1, -1]])), [[0, 3], [-7, 0]])


def test_a_step_bends_the_sum():
    h = stand_ins.rnn_step(*map(np.array, ([[2.0]], [[0.5]], [[1.0]], [[-3.0]], [0.1])))
    np.testing.assert_allclose(h, np.tanh([[0.6]]))


def test_attention_is_a_weighted_mean():
    Q, K = np.array([[2.0, 0, 0, 0]]), np.array([[np.log(3), 0, 0, 0], [0, 0, 0, 0]])
    np.testing.assert_allclose(stand_ins.attention(Q, K, np.array([[8.0], [4.0]])), [[7.0]])
    large = stand_ins.attention(
        np.array([[1e4]]), np.array([[1.0], [-1.0]]), np.array([[3.0], [9.0]])
    )
    np.testing.assert_allclose(large, [[3.0]])
