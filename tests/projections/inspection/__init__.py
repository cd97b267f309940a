"""Tests of the projections that inspection looks things up in."""
