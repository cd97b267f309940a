"""The customer's side of a conversation."""

from collections.abc import Callable
from typing import NoReturn

import aiohttp
import msgspec

from gateways.client.client import Client, Headers, bearer, decoded
from gateways.client.feed import Event, Feed
from gateways.command_line.play.ledger import Message, Witness
from schemas.api.customer import PostedMessage, PostMessage, StartConversationRequest, StartedConversation
from schemas.identifiers import conversation_started_by
from schemas.posting import PostedText

__all__ = ["Customer", "CustomerOfConversation"]

_PAGE = 1000

_encoder = msgspec.json.Encoder()


class FeedPage(msgspec.Struct):
    events: list[Event]
    next: int


class CustomerOfConversation:
    """What a customer does over the API in a conversation that has begun.

    ``screen`` shows the customer the conversation where it is not the feed that does. ``conversation_id`` is empty
    until the conversation has begun, where that is with the customer's first message.
    """

    screen: Witness | None = None

    def __init__(self, client: Client, conversation_id: str = "") -> None:
        self.conversation_id = conversation_id
        self._client = client
        self._headers: Headers = {}

    async def follow(self, take: Callable[[Event], None], moved: Callable[[], None]) -> NoReturn:
        """Calls ``take`` with each event of the feed, and ``moved`` when the ``screen`` shows something else."""
        await Feed(self._client, f"{self._path}/events", self._open_feed, take).follow()

    async def end(self) -> None:
        await self._client.call("POST", self._client.at(f"{self._path}/end"), self._headers)

    async def read_back(self, take: Callable[[Event], None]) -> None:
        """Calls ``take`` with each recorded event of the conversation, from the beginning."""
        after = -1
        page = FeedPage([], 0)
        while after < page.next:
            after = page.next
            url = self._client.at(f"{self._path}/events?after={after}&limit={_PAGE}")
            answer = await self._client.call("GET", url, self._headers)
            page = decoded(answer, FeedPage)
            for event in page.events:
                take(event)
            if page.next < after + _PAGE:
                return

    @property
    def _path(self) -> str:
        return f"/customer/v1/conversations/{self.conversation_id}"

    async def _open_feed(self, path: str) -> aiohttp.ClientWebSocketResponse:
        return await self._client.open_feed(path, self._headers)


class Customer(CustomerOfConversation):
    """One customer in one conversation, over the API alone. The client chooses the id of the start, so that it can be
    repeated safely."""

    def __init__(self, client: Client, request_id: str) -> None:
        super().__init__(client, conversation_started_by(request_id))
        self._request_id = request_id
        self._messages = client.at(f"{self._path}/messages")

    async def start(self, channel: str, dialogue_id: str) -> None:
        request = StartConversationRequest(channel=channel, id=self._request_id, attributes={"dialogue": dialogue_id})
        url = self._client.at("/customer/v1/conversations")
        answer = await self._client.call("POST", url, body=_encoder.encode(request))
        self._headers = bearer(decoded(answer, StartedConversation).token)

    async def post(self, message: Message, posting: Callable[[], None]) -> int:
        """Calls ``posting``, posts the message and returns the version at which it is acknowledged."""
        posting()
        body = _encoder.encode(PostMessage(PostedText(message.text), message.message_id))
        answer = await self._client.call("POST", self._messages, self._headers, body)
        return decoded(answer, PostedMessage).version
