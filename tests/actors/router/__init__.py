"""Tests of the router's decider."""
