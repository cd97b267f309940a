"""The documentation of the projections' tables."""
