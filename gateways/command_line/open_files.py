"""Raising the limit of files that the process may have open; a connection counts as a file."""

import contextlib
import resource

__all__ = ["allow_many_open_files"]

_WITHOUT_HARD_LIMIT = 10_240
"""The highest soft limit that macOS takes where it names no hard limit. It suffices for some 5,000 feeds."""


def allow_many_open_files() -> None:
    """Raises the soft limit, which is often 1,024, as far as the system allows.

    Every feed needs one open file, and so does every request while it is answered.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = max(soft, _WITHOUT_HARD_LIMIT) if hard == resource.RLIM_INFINITY else hard
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
