"""The HTTP APIs. Each has a folder of its own with its endpoints and a file for each theme."""
