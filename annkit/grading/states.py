"""The states of a mark, in words: only what is graded is told by its points.

A new state is a line here, and the place where it comes about.

Not here: which state a mark is in (`marking.score`, `sandbox.session`).
"""

GRADED = "graded"
NOT_ATTEMPTED = "not attempted"
FOR_A_PERSON = "for a person"
UNREADABLE = "unreadable"
TAMPERED = "tampered"
TIMED_OUT = "timed out"
CRASHED = "crashed"

# State → its sign in the table. The worst first: it stands for a submission that is in several.
TROUBLE = {UNREADABLE: "U", TAMPERED: "!", TIMED_OUT: "T", CRASHED: "C"}
SIGNS = {NOT_ATTEMPTED: "·", FOR_A_PERSON: "?", **TROUBLE}
