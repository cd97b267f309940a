"""Tests of ``gateways/http``."""
