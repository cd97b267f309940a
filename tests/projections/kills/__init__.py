"""Killing the process that projects, many times: rows and checkpoints stay exact."""
