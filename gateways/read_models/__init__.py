"""The projections' database as handlers read it."""

from gateways.read_models.caught_up import wait_for_position
from gateways.read_models.database import ProjectionsDatabase
from gateways.read_models.exceptions import ReportBehindError
from gateways.read_models.reading import read

__all__ = ["ProjectionsDatabase", "ReportBehindError", "read", "wait_for_position"]
