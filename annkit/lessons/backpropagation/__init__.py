"""Chapter 10, backpropagation: both passes in the open, and bugs that nobody sees from outside.

In come batches and parameters, out go arrays, steps and bugs with their traces. Begin with
`passes`; `steps` says them line by line for `explorer`, `counting` counts their work. For the bug
clinic begin with `planted_bugs`: `bug_fingerprints` measures them, `broken_lines` shows their code,
`unseen_bugs` trains with them, and in `blind_spots` a check can't see them.
The exercises are judged by `slopes` and `training_traces`; `faulty_passes` and `faulty_training`
are how people get them wrong.
"""
