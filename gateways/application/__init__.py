"""Puts everything together: opens the services in their order, serves the endpoints, and runs the work beside them."""
