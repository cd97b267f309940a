"""What the HTTP APIs take and answer."""
