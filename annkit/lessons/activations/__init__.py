"""ROOM annkit/lessons/activations."""
