"""Tests of what inspection finds its way by."""
