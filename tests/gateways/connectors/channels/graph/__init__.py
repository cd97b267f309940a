"""Tests of ``gateways/connectors/channels/graph``."""
