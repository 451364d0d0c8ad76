"""ROOM annkit/exercises/record."""
