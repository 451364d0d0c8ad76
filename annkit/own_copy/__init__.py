"""A learner's own copy of the course: laid out once, opened again, brought up to date.

In: the notebooks this package carries, and a folder. Out: a copy there in which nothing of the
learner's is ever overwritten. Begin with `start.start`; `carried` knows the package's notebooks,
`copying` the folder, `corrected` one notebook.

A copy remembers, beside the notebooks, what was handed out. What differs from that is the
learner's; what differs between that and the package is news.

Not here: a class's course directory (`annkit.grading.classroom`).
"""
