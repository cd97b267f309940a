"""Tests of the schemas and the record of them."""
