"""Puts everything together: what is opened in which order, how endpoints are served, and what runs beside them."""
