"""A feed is open for as long as the token that opened it is valid, and its session goes on."""

import asyncio
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager

from gateways.feeds.hub import Ending, Hub, Listener
from gateways.http.principal import Principal

__all__ = ["leased"]


@contextmanager
def leased(hub: Hub, owner: str, principal: Principal) -> Iterator[Listener]:
    """A listener on the owner's behalf. It is closed when the caller's token expires, when the session ends, and at the
    end of the context."""
    listener = hub.listen(owner, principal.session_id)
    expiry = None
    if math.isfinite(principal.expires_at):
        left = max(0.0, principal.expires_at - time.time())
        expiry = asyncio.get_running_loop().call_later(left, listener.close, Ending.TOKEN_EXPIRED)
    try:
        yield listener
    finally:
        if expiry is not None:
            expiry.cancel()
        listener.close()
