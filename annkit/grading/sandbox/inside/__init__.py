"""What runs inside the sandbox: a warm parent, and one confined child for each submission.

Nothing here is trusted once a submission has run in it. Only this part of `annkit.grading` is
visible from inside.
"""
