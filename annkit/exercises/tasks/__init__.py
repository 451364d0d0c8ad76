"""ROOM annkit/exercises/tasks."""
