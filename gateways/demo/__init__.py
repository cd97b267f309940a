"""What the demo brings along beside its settings."""
