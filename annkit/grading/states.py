"""The states of a mark, in words: only what is graded is told by its points.

A machine fault is no mark: nothing is said about the submission, and the next run judges it again.
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
MACHINE_FAULT = "machine fault"

# State → its sign in the table. The worst first: it stands for a submission that is in several.
TROUBLE = {MACHINE_FAULT: "M", UNREADABLE: "U", TAMPERED: "!", TIMED_OUT: "T", CRASHED: "C"}
SIGNS = {NOT_ATTEMPTED: "·", FOR_A_PERSON: "?", **TROUBLE}
