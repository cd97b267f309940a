"""Tests of ``gateways/openapi``."""
