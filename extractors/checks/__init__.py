"""Checks that a pack can answer from its own pages: one named function a check."""
