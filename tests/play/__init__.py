"""A whole shift of agents and its customers, through real sockets, with feeds that are cut on purpose."""
