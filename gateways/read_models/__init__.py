"""The projections' database, as handlers read it."""

from gateways.read_models.database import ProjectionsDatabase

__all__ = ["ProjectionsDatabase"]
