"""ROOM annkit/exercises/judging."""
