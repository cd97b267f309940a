"""Tests of the Customer API."""
