"""Tests of ``gateways/api``."""
