"""Tests of the deciders and the language they are tested in."""
