"""Tests of ``gateways/command_line/serve``."""
