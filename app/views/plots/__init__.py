"""Curves over the iterations of a run."""
