"""Connectors: each connects Hybrid Chat with one outside system."""
