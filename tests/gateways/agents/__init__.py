"""Tests of ``gateways/agents``."""
