"""ROOM lessons."""
