"""ROOM annkit/lessons/neurons."""
