"""Tests of the conversation's decider."""
