"""Tests of the whole core under simulated customers, bots and agents."""
