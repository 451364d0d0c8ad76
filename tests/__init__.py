"""Tests of annkit, mirroring its modules, and of the course itself."""
