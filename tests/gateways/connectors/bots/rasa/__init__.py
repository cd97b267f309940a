"""Tests of ``gateways/connectors/bots/rasa``."""
