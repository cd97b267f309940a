"""How the server closes a feed's WebSocket: every code, what it means and what the client does next."""

from typing import NamedTuple

from gateways.feeds.hub import Ending

__all__ = ["CLOSINGS", "FAILED", "MESSAGE_SENT", "TOO_SLOW", "Closing", "closing_for"]


class Closing(NamedTuple):
    """``reason`` is sent with the code. ``meaning`` and ``remedy`` are for readers of the descriptions."""

    code: int
    reason: str
    meaning: str
    remedy: str


_OVER = Closing(
    1000,
    "",
    "The server is stopping, or the agent or the API key that inspects was configured anew or removed.",
    "Connect again at the cursor.",
)
FAILED = Closing(
    1011,
    "the feed failed; resume at your cursor",
    "The feed failed: the journal could not be read.",
    "Connect again at the cursor.",
)
MESSAGE_SENT = Closing(
    4000,
    "this feed takes no messages; send them with POST",
    "The client sent a message; feeds accept none.",
    "Send with POST, and connect again at the cursor.",
)
_TOKEN_EXPIRED = Closing(
    4001,
    "the token has expired; renew it and resume at your cursor",
    "The token that opened the feed has expired.",
    "Renew the token and connect again at the cursor.",
)
_SESSION_ENDED = Closing(
    4003, "the session has ended; log in again", "The session that opened the feed has ended.", "Log in again."
)
TOO_SLOW = Closing(
    4008,
    "reading too slowly; resume at your cursor",
    "The client reads too slowly: more events wait than `feeds.buffer`, or none is taken for long.",
    "Connect again at the cursor.",
)
CLOSINGS = (_OVER, FAILED, MESSAGE_SENT, _TOKEN_EXPIRED, _SESSION_ENDED, TOO_SLOW)
"""All of them, in the order of their codes."""

_BY_ENDING = {
    Ending.CLOSED: _OVER,
    Ending.TOKEN_EXPIRED: _TOKEN_EXPIRED,
    Ending.SESSION_ENDED: _SESSION_ENDED,
}


def closing_for(ending: Ending) -> Closing:
    """How a feed is closed whose listener has ended in this way."""
    return _BY_ENDING[ending]
