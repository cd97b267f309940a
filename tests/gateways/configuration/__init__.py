"""Tests of ``gateways/configuration``."""
