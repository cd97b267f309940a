"""Tests of ``gateways/connectors/webhooks``."""
