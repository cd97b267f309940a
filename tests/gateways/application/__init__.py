"""Tests of ``gateways/application``."""
