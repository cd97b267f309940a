"""What administrators change of the configuration, without HTTP."""
