"""ROOM annkit/grading/marking."""
