"""ROOM annkit/grading/rebuild."""
