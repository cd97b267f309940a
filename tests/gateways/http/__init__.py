"""Tests of what every HTTP API here has in common."""
