"""Every call that a probe makes of a function is watched."""

import numpy as np

from annkit.exercises import Answer, probe
from annkit.exercises.calls.answer import here


def changed_by(function, using, *args):
    """Names of the parameters that a function changed when a probe called it."""
    answer = Answer(here(function), "f")
    answer.probe(using, *args)
    return answer.calls[-1].mutated


@probe
def with_its_own_prediction(f, z):
    """Hand over an array that was never sent."""
    return f(z, z**2)


@probe
def with_pairs(f, n):
    import numpy as np

    params = [(np.ones((n, n)), np.zeros(n))]
    return f(params, rate=np.array([0.1]))


@probe
def over_a_generator(f, x):
    return [float(one) for one in f(x + 0.0)]


@probe
def by_way_of_a_callable(f, g, x):
    return f(lambda x: g, x)


@probe
def asking_for_its_name(f):
    return [f.__name__, f.__globals__["__name__"], callable(f)]


def test_arrays_that_the_probe_made_are_watched():
    def delta(z, y_hat):
        y_hat -= z
        return y_hat

    assert changed_by(delta, with_its_own_prediction, np.array([3.0])) == ("y_hat",)
    assert changed_by(lambda z, y_hat: y_hat - z, with_its_own_prediction, np.array([3.0])) == ()


def test_arguments_that_were_sent_have_the_names_of_the_function():
    def delta(inputs, y_hat):
        inputs += 1
        return y_hat

    assert changed_by(delta, with_its_own_prediction, np.array([3.0])) == ("inputs",)


def test_nested_and_named_arguments_are_watched():
    def step(params, rate):
        params[0][1][:] = 7
        rate *= 2
        return 1.0

    assert changed_by(step, with_pairs, 2) == ("params", "rate")


def test_what_a_generator_changes_later_is_seen():
    def one_by_one(x):
        for i in range(len(x)):
            x[i] += 1
            yield x[i]

    assert changed_by(one_by_one, over_a_generator, np.zeros(3)) == ("x",)


def test_what_a_callable_hands_out_is_watched_by_its_own_name():
    def halve(gradient, x):
        slope = gradient(x)
        slope /= 2
        return x - slope

    assert changed_by(halve, by_way_of_a_callable, np.ones(2), np.ones(2)) == ("g",)


def test_the_stand_in_answers_like_the_function():
    answer = Answer(here(changed_by), "f")
    assert answer.probe(asking_for_its_name) == ["changed_by", __name__, True]
