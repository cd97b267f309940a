"""Tests of ``gateways/pages``."""
