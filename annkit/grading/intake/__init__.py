"""Intake: what comes from outside a grader, found, named and put in its place.

In: a course directory, a download as Moodle, Canvas or a teacher has it, a class list.
Out: a `Course`; for every student a `Submission` of each notebook, or the reason why there is none.
Begin with `submissions`; before it, `download`, `owners` and `collect` take a download apart.

Not here: what is in a notebook (`rebuild`).
"""
