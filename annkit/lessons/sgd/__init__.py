"""ROOM annkit/lessons/sgd."""
