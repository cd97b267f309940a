"""The operations on agents that all APIs and desks share, without HTTP."""
