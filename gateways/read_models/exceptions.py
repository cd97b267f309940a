"""Everything that reading the projections raises beside what they raise themselves."""

__all__ = ["ReportBehindError"]


class ReportBehindError(Exception):
    """Raised when projections do not come to a position in time; reading again a little later finds them there."""
