"""Tests of ``gateways/connectors/channels/rest``."""
