"""Logging a reason to wait once, however often it is met."""

import logging
from collections.abc import Callable

__all__ = ["LogOnce", "Report"]

Report = Callable[[str, str | None], None]
"""Called with the name of some work and the reason why it waits, or None when it goes on."""

_logger = logging.getLogger(__name__)


class LogOnce:
    """Logs why some work waits, once for each reason. ``work`` names the work, and ``report`` hears the same."""

    def __init__(self, work: str, report: Report | None = None) -> None:
        self._work = work
        self._reason = ""
        self._report = report or (lambda work, reason: None)

    def warn(self, reason: str) -> None:
        """Logs a warning, unless this reason was the last one that was logged."""
        if reason != self._reason:
            self._reason = reason
            _logger.warning("%s waits: %s", self._work, reason)
            self._report(self._work, reason)

    def resolved(self) -> None:
        """Logs that the work goes on, if the last thing logged was a reason to wait."""
        if self._reason:
            self._reason = ""
            _logger.info("%s goes on", self._work)
            self._report(self._work, None)
