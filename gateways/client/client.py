"""A client of one server. Its calls and feeds outlive the server's restarts."""

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import TypeVar

import aiohttp
import msgspec
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_before_delay
from tenacity.wait import wait_random_exponential
from yarl import URL

from gateways.client.exceptions import ClientError, ServerGoneError, UnavailableError, UnexpectedAnswerError
from gateways.client.failures import no_connection, refusal
from gateways.client.interruptions import Interruptions

__all__ = ["Client", "Headers", "bearer", "decoded"]

Headers = Mapping[str, str]
T = TypeVar("T")

_CALL_SECONDS = 15.0
_HEARTBEAT_SECONDS = 20.0
# The server closes what is idle for 5 s; a connection about to be closed is not used again.
_KEEP_ALIVE_SECONDS = 3.0


class Readiness(msgspec.Struct):
    status: str
    position: int


class Client:
    """Calls one server. While the server is away or busy, a call is tried again for ``keep_trying`` seconds.

    ``retried`` counts the calls that had to be tried again, ``retrying`` those that are being tried again now; the
    opening of a feed counts as a call. ``resumed`` counts how often a feed that broke or was cut was opened again at
    its cursor.
    """

    def __init__(
        self,
        url: str,
        keep_trying: float,
        *,
        cut_every: float | None = None,
        call_seconds: float = _CALL_SECONDS,
    ) -> None:
        """Each feed is cut about once in ``cut_every`` seconds, so that a test sees it resumed. A single attempt at a
        call fails after ``call_seconds``."""
        self.url = url.rstrip("/")
        self.retried = 0
        self.retrying = 0
        self.resumed = 0
        self.interruptions = Interruptions(cut_every)
        self._keep_trying = keep_trying
        self._call_seconds = call_seconds
        self._giving_up = False
        self._session: aiohttp.ClientSession

    async def __aenter__(self) -> "Client":
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=_KEEP_ALIVE_SECONDS),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=self._call_seconds),
            headers={"Content-Type": "application/json"},
            skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding"),
        )
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self._session.close()

    def at(self, path: str) -> URL:
        return URL(self.url + path, encoded=True)

    async def reach(self) -> None:
        """Asks the server once whether it is ready. Raises ServerGoneError when it is not, and UnexpectedAnswerError
        when another program answers at the address."""
        try:
            decoded(await self.call_once("GET", self.at("/readyz")), Readiness)
        except UnavailableError as error:
            hint = "is the server running? Start it with: hybridchat serve --demo"
            raise ServerGoneError(f"cannot reach {self.url}: {error}; {hint}") from error
        except ClientError as error:
            reason = f"{self.url} does not answer as Hybrid Chat does; check --url ({error})"
            raise UnexpectedAnswerError(reason) from error

    def give_up(self) -> None:
        """Ends every retry: from now on each call is tried only once."""
        self._giving_up = True

    async def call(self, method: str, url: URL, headers: Headers | None = None, body: bytes = b"") -> bytes:
        """Returns the body of the 2xx answer, and tries again while the server is away or busy. Raises CallRefusedError
        and ServerGoneError."""
        return await self.retry_while_unavailable(lambda: self.call_once(method, url, headers, body))

    async def call_once(self, method: str, url: URL, headers: Headers | None = None, body: bytes = b"") -> bytes:
        """Does the same as ``call``, but tries only once. Raises UnavailableError and CallRefusedError."""
        try:
            async with self._session.request(
                method, url, data=body or None, headers=headers, allow_redirects=False
            ) as response:
                content = await response.read()
        except (aiohttp.ClientError, OSError) as error:
            raise no_connection(error) from error
        if response.status < HTTPStatus.MULTIPLE_CHOICES:
            return content
        raise refusal(response.status, f"{method} {url.path}", response.headers, content)

    async def open_feed(self, path: str, headers: Headers) -> aiohttp.ClientWebSocketResponse:
        """Tries once to open the feed. Raises UnavailableError and CallRefusedError."""
        url = self.at(path)
        try:
            return await self._session.ws_connect(url, headers=headers, heartbeat=_HEARTBEAT_SECONDS)
        except aiohttp.WSServerHandshakeError as error:
            raise refusal(error.status, f"the feed {url.path}", error.headers or {}) from error
        except (aiohttp.ClientError, OSError) as error:
            raise no_connection(error) from error

    async def retry_while_unavailable(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """Repeats the attempt while it raises UnavailableError. Raises ServerGoneError when that takes too long."""
        try:
            return await attempt()
        except UnavailableError:
            self.retried += 1
            self.retrying += 1
        try:
            return await self._retry(attempt)
        except UnavailableError as error:
            patience = "" if self._giving_up else f" in {self._keep_trying:g} s"
            raise ServerGoneError(f"{self.url} did not come back{patience}: {error}") from error
        finally:
            self.retrying -= 1

    async def _retry(self, attempt: Callable[[], Awaitable[T]]) -> T:
        retrying = AsyncRetrying(
            retry=retry_if_exception_type(UnavailableError), wait=_pause, stop=self._must_stop, reraise=True
        )

        async def attempt_once() -> T:
            return await attempt()

        return await retrying(attempt_once)

    def _must_stop(self, state: RetryCallState) -> bool:
        return self._giving_up or stop_before_delay(self._keep_trying)(state)


def decoded(answer: bytes, kind: type[T]) -> T:
    """Reads the body of an answer. Raises UnexpectedAnswerError when it does not fit the type ``kind``."""
    try:
        return msgspec.json.decode(answer, type=kind)
    except msgspec.MsgspecError as error:
        raise UnexpectedAnswerError(f"the server's answer is no {kind.__name__}: {error}") from error


def bearer(token: str) -> Headers:
    return {"Authorization": f"Bearer {token}"}


_backoff = wait_random_exponential(multiplier=0.05, max=1.0)


def _pause(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = error.retry_after if isinstance(error, UnavailableError) else 0.0
    return max(asked, _backoff(state))
