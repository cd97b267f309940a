"""Our own HTTP client: it tries calls again and resumes feeds.

The client knows only the requests, answers and frames that travel between it and a server.
"""
