"""Tests of ``gateways/identity``."""
