"""Tests of ``gateways/connectors/channels/messenger``."""
