"""Tests of the explanations of routing decisions."""
