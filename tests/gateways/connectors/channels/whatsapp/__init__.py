"""Tests of ``gateways/connectors/channels/whatsapp``."""
