"""Tests of the agent's decider."""
