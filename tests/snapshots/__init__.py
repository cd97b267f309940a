"""Tests of the snapshots."""
