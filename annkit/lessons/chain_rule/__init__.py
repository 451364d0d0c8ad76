"""ROOM annkit/lessons/chain_rule."""
