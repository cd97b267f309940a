"""Tests of ``gateways/connectors/bots``."""
