"""Tests of the connector of Twilio."""
