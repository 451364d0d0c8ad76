"""What runs on the submission's side: a warm parent, and one confined child for each submission.

In, over a socket: the cells of one submission, then requests to its answers.
Out, over the same socket: how far it is, and replies. Once a submission has run, any of that may
be a lie. Begin with `parent`; `confine` gives up all rights, `child` then runs the cells.

Not here: anything that decides a mark. Of `annkit.grading`, only this folder can be read from here.
"""
