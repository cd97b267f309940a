"""Tests of logging in by OpenID Connect."""
