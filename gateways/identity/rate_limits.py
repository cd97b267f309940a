"""Rate limits: how many requests a minute one token and one address may make; a /64 of IPv6 is one address."""

from limits import RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from config import LimitSettings
from gateways.exceptions import RefusedError
from gateways.identity.login_throttle import LoginThrottle, network_of
from schemas.replies import RefusalCode

__all__ = ["RateLimits"]


class RateLimits:
    """Counts requests in windows of a minute, for this process alone."""

    def __init__(self, settings: LimitSettings) -> None:
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        self._address = _per_minute(settings.address_per_minute)
        self._token = _per_minute(settings.token_per_minute)
        self.logins = LoginThrottle(settings.failed_logins_per_minute)
        self._starts = _per_minute(settings.starts_per_minute)
        self._uploads = RateLimitItemPerHour(settings.uploads_per_hour) if settings.uploads_per_hour else None

    def check_address(self, address: str) -> None:
        """Counts a request. Raises RefusedError when it is one too many."""
        if self._address is not None and not self._limiter.hit(self._address, "address", network_of(address)):
            raise _too_many("requests from this address")

    def check_token(self, token: str) -> None:
        """Counts a request with a valid token. Raises RefusedError when it is one too many."""
        if self._token is not None and not self._limiter.hit(self._token, "token", token):
            raise _too_many("requests with this token")

    def check_start(self, address: str) -> None:
        """Counts a conversation that a customer starts without a key. Raises RefusedError when it is one too many."""
        if self._starts is not None and not self._limiter.hit(self._starts, "start", network_of(address)):
            raise _too_many("conversations started from this address")

    def check_upload(self, conversation_id: str) -> None:
        """Counts an upload into the conversation. Raises RefusedError when it is one too many."""
        if self._uploads is not None and not self._limiter.hit(self._uploads, "upload", conversation_id):
            raise RefusedError(
                RefusalCode.TOO_MANY_REQUESTS, "too many uploads into this conversation; wait up to an hour"
            )


def _per_minute(amount: int) -> RateLimitItemPerMinute | None:
    return RateLimitItemPerMinute(amount) if amount else None


def _too_many(what: str) -> RefusedError:
    return RefusedError(RefusalCode.TOO_MANY_REQUESTS, f"too many {what}; wait a minute")
