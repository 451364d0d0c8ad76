"""ROOM annkit/show/cards."""
