"""Tests of ``gateways/command_line/projections``."""
