"""What every HTTP API here has in common: endpoints, bodies, tokens and problems."""
