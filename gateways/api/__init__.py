"""The HTTP APIs, one a folder: its endpoints, then a file a theme."""
