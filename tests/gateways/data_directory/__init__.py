"""Tests of the files of a data directory."""
