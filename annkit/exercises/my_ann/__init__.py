"""ROOM annkit/exercises/my_ann."""
