"""Effects: calls to outside systems that events cause. Each is made at least once."""
