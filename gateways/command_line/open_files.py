"""How many files, connections among them, the process may have open."""

import contextlib
import resource

__all__ = ["allow_many_open_files"]

_ENOUGH = 10_240
"""What macOS takes at most where it names no limit; for some 5,000 feeds."""


def allow_many_open_files() -> None:
    """Raises the soft limit, often 1,024, as far as the system allows: a feed takes one, each request meanwhile one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = max(soft, _ENOUGH) if hard == resource.RLIM_INFINITY else hard
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
