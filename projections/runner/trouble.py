"""Telling of trouble once, however often it is met."""

import logging

__all__ = ["Trouble"]

_logger = logging.getLogger(__name__)


class Trouble:
    """``what`` names the work that waits."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._told = ""

    def tell(self, reason: str) -> None:
        """Warns, unless the same was said last."""
        if reason != self._told:
            self._told = reason
            _logger.warning("%s waits: %s", self._what, reason)

    def is_over(self) -> None:
        if self._told:
            self._told = ""
            _logger.info("%s goes on", self._what)
