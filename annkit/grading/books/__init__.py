"""ROOM annkit/grading/books."""
