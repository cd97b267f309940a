"""Tests of the journal: one suite for every backend."""
