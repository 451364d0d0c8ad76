"""Official marks: computed where the submission cannot reach, written into nbgrader's gradebook.

The learner's cells run in a sandbox (`sandbox` from the outside, `inside` within); inputs go in,
plain data comes out, and the verdict is reached here, by the same checks as in the notebook.

Not here: the checks (`annkit.exercises`), the notebooks (`annkit.publish`).
"""
