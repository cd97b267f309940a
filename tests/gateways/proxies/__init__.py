"""Tests with a reverse proxy in front of the server."""
