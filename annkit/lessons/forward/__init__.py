"""ROOM annkit/lessons/forward."""
