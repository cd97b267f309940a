"""What the three connectors do alike."""

from typing import Generic, TypeVar

from gateways.connectors.channels.connector import Line
from gateways.connectors.channels.graph.signature import answer_to_handshake, prove
from gateways.connectors.channels.inbound import Inbound, InboundMessage, WebhookAnswer, WebhookRequest
from schemas.configuration.connectors.graph import GraphSettings

__all__ = ["GraphConnector"]

S = TypeVar("S", bound=GraphSettings)


class GraphConnector(Generic[S]):
    """The handshake, the proof and the answer of a webhook of Meta's. Meta shows a message twice that it gets twice."""

    repeatable = False

    def answer_handshake(self, line: Line[S], request: WebhookRequest) -> WebhookAnswer | None:
        return answer_to_handshake(line.secrets.named(line.settings.verify_token), request)

    def receive(self, line: Line[S], request: WebhookRequest) -> list[Inbound]:
        prove(line.secrets.named(line.settings.app_secret), request)
        return self.read(line.settings, request.body)

    def read(self, settings: S, body: bytes) -> list[Inbound]:
        """The items of a body that is proven to be Meta's. Raises UnreadableRequestError."""
        raise NotImplementedError

    def answer(self, line: Line[S], request: WebhookRequest) -> WebhookAnswer:
        return WebhookAnswer()

    async def acknowledge(self, line: Line[S], message: InboundMessage) -> None:
        """Meta expects nothing of the kind: buttons go by themselves, or may stay."""
