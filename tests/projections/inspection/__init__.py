"""Tests of the projections that inspection reads."""
