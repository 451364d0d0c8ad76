"""ROOM annkit/lessons/costs."""
