"""Tests of our own HTTP client."""
