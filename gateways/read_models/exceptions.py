"""The exceptions of reading the projections, in addition to those of the projections themselves."""

__all__ = ["ReportBehindError"]


class ReportBehindError(Exception):
    """Raised when projections do not reach a position in time. Reading again a little later succeeds."""
