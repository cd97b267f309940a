"""The stand-in for the Graph API, as the tests of the whole path drive it: WhatsApp, Messenger and Instagram."""

from typing import Any

from gateways.connectors.channels.graph.signature import signature_of
from tests.gateways.connectors.channels.graph.stand_in import APP_SECRET, TOKEN, VERIFY_TOKEN, Sent, StandInGraph
from tests.gateways.connectors.channels.whole_path.provider import SentText

__all__ = ["ACCOUNT", "InstagramProvider", "MessengerProvider", "WhatsAppProvider"]

ACCOUNT = "106540352242922"
_NAMES = {"access_token": "meta_token", "app_secret": "meta_secret", "verify_token": "meta_verify"}


class _GraphProvider:
    """Each message of a customer keeps its id however often it comes."""

    recovers_lost_answers = False
    secrets = {"meta_token": TOKEN, "meta_secret": APP_SECRET, "meta_verify": VERIFY_TOKEN}

    def __init__(self, graph: StandInGraph) -> None:
        self._graph = graph
        self._bodies: dict[str, dict[str, Any]] = {}

    @property
    def connector(self) -> dict[str, Any]:
        return {"base_url": self._graph.url, **_NAMES, **self.account()}

    def account(self) -> dict[str, str]:
        """The settings that say whose messages these are."""
        raise NotImplementedError

    def body(self, customer_id: str, text: str) -> dict[str, Any]:
        """The body of a webhook with a text."""
        raise NotImplementedError

    def news(self, sent: Sent, status: str) -> dict[str, Any]:
        """The body of a webhook that says what became of a message."""
        raise NotImplementedError

    @property
    def texts(self) -> list[SentText]:
        return [(sent.customer, self.text_of(sent)) for sent in self._graph.sent]

    def text_of(self, sent: Sent) -> str:
        return str(sent.body["message"]["text"])

    def customer(self, number: int) -> str:
        return f"69508148982955{number:02}"

    async def write(self, url: str, customer_id: str, message_id: str, text: str) -> int:
        if message_id not in self._bodies:
            self._bodies[message_id] = self.body(customer_id, text)
        return await self._post(url, self._bodies[message_id])

    async def forge(self, url: str, text: str) -> int:
        body = self._graph.request(self.body(self.customer(1), text)).body
        return await self._graph.post_raw(url, body, signature_of("another secret", body))

    async def garble(self, url: str) -> int:
        return await self._post(url, {"object": 7, "entry": "nothing known"})

    async def report(self, url: str, customer_id: str, number: int, status: str) -> int:
        sent = [sent for sent in self._graph.sent if sent.customer == customer_id][number]
        return await self._post(url, self.news(sent, status))

    def lose_answers(self, every: int) -> None:
        self._graph.lose_every = every

    def be_down(self, *, down: bool) -> None:
        self._graph.standing_refusal = (2, "Service temporarily unavailable", 503) if down else None

    def block(self, customer_id: str) -> None:
        self._graph.blocked.add(customer_id)

    def revoke(self) -> None:
        self._graph.tokens.clear()

    async def _post(self, url: str, body: dict[str, Any]) -> int:
        self._graph.webhook_url = url
        [status] = await self._graph.post(body)
        return status


class WhatsAppProvider(_GraphProvider):
    """Customers whose number is hidden."""

    def account(self) -> dict[str, str]:
        return {"type": "whatsapp", "phone_number_id": ACCOUNT}

    def customer(self, number: int) -> str:
        return f"US.134912086553027419{number:02}"

    def body(self, customer_id: str, text: str) -> dict[str, Any]:
        return self._graph.whatsapp_message(ACCOUNT, customer_id, text={"body": text})

    def text_of(self, sent: Sent) -> str:
        return str(sent.body["text"]["body"])

    def news(self, sent: Sent, status: str) -> dict[str, Any]:
        return self._graph.status(sent, status)


class MessengerProvider(_GraphProvider):
    def account(self) -> dict[str, str]:
        return {"type": "messenger", "page_id": ACCOUNT}

    def body(self, customer_id: str, text: str) -> dict[str, Any]:
        message = {"mid": self._graph.new_id("m_"), "text": text}
        return self._graph.page_event(ACCOUNT, customer_id, message=message)

    def news(self, sent: Sent, status: str) -> dict[str, Any]:
        watermark = int(self._graph.now * 1000)
        if status == "read":
            return self._graph.page_event(ACCOUNT, sent.customer, read={"watermark": watermark})
        return self._graph.page_event(ACCOUNT, sent.customer, delivery={"mids": [sent.id], "watermark": watermark})


class InstagramProvider(MessengerProvider):
    def __init__(self, graph: StandInGraph) -> None:
        super().__init__(graph)
        graph.instagram = True

    def account(self) -> dict[str, str]:
        return {"type": "instagram", "account_id": ACCOUNT}

    def news(self, sent: Sent, status: str) -> dict[str, Any]:
        if status == "delivered":
            raise NotImplementedError
        return self._graph.page_event(ACCOUNT, sent.customer, read={"mid": sent.id})
