"""ROOM annkit/lessons/perceptron."""
