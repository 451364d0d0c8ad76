"""Reaching an answer, here or in another process, and writing down what it does.

In: the learner's object, and requests to it in plain data.
Out: a `Call` each: its value or error, what it changed, warned, printed, and how long it took.
Begin with `answer`, the handle that checks hold. `observe` is the other end, beside the learner's
object; `wire` is the plain data between them; `probe` is for answers that want more than data.
`elsewhere` is for a teacher's own files, which may end whoever loads them.

Not here: what a call should have returned (`annkit.exercises.tasks`).
"""
