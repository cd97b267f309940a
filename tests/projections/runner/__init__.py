"""Tests of the runner, on SQLite and on PostgreSQL."""
