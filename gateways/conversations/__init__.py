"""What every API and every connector does with conversations, without HTTP."""
