"""ROOM annkit/lessons/backpropagation."""
