"""ROOM annkit/exercises/cards."""
