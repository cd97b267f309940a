"""Tests of ``gateways/conversations``."""
