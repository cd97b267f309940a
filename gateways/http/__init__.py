"""The parts that all HTTP APIs share: endpoints, bodies, tokens and problems."""
