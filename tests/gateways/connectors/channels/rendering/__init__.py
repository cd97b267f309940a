"""Tests of ``gateways/connectors/channels/rendering``."""
