"""Killing what projects, many times: rows and checkpoints stay exact."""
