"""The projections' database, as handlers read it."""
