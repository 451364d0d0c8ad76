"""ROOM annkit/source."""
