"""The documentation of the events and of the feeds that carry them."""
