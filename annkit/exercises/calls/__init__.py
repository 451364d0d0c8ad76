"""ROOM annkit/exercises/calls."""
