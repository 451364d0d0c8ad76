"""Official marks: computed where the submission cannot reach, written into nbgrader's gradebook.

In: a course directory of nbgrader and what learners handed in, or one notebook of one's own.
Out: points, comments and graded notebooks where nbgrader looks for them; a table for the teacher.
Begin with `README.md` beside this file: it follows one submission. `commands` is the door, `run`
goes through a class, `marking.official_judge` reaches the verdict on one notebook.

Not here: the checks (`annkit.exercises`), the notebooks (`annkit.publish`).
"""
