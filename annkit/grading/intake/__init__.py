"""ROOM annkit/grading/intake."""
