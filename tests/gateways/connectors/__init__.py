"""Tests of ``gateways/connectors``."""
