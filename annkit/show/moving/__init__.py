"""ROOM annkit/show/moving."""
