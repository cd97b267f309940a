"""The types of the HTTP API for the scripts of the pages."""
