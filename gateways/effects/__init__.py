"""Effects: calls to the outside, brought about by events, made at least once."""
