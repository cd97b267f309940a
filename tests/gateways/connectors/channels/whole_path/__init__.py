"""What every channel has to do in a running server, from the provider to the conversation and back. ``provider`` is how
the tests drive a stand-in of it."""
