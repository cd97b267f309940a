"""Tests of ``gateways/connectors/channels``."""
