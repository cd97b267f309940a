"""Tests of the schemas, and of the recorded schemas of the events."""
