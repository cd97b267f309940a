"""The bodies of the HTTP APIs' requests and answers."""
