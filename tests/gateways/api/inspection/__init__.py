"""Tests of ``gateways/api/inspection``."""
