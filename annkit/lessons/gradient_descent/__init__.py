"""ROOM annkit/lessons/gradient_descent."""
