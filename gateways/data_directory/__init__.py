"""The files of a data directory."""
