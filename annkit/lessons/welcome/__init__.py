"""ROOM annkit/lessons/welcome."""
