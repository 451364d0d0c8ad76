"""ROOM annkit/lessons/autodiff."""
