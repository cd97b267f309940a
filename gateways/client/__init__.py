"""Our own HTTP client of a server: calls that are tried again, feeds that are resumed.

It knows of the server no more than what travels.
"""
