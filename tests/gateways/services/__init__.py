"""Tests of ``gateways/services``."""
