"""Tests of the Agent API."""
