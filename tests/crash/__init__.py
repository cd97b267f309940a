"""The server is killed with ``kill -9`` in the middle of play; what was acknowledged must be there once, in order."""
