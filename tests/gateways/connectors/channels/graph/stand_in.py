"""A stand-in for Meta's Graph API: numbers of WhatsApp, pages and accounts on Instagram, and what customers do there.

It speaks the documented wire and keeps state: what was sent, files, when each customer wrote last, who has blocked the
business. It posts signed webhooks to ``webhook_url``, or returns them as requests.
"""

import asyncio
import base64
import hashlib
import itertools
import secrets
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, NamedTuple
from urllib.parse import urlencode

import aiohttp
import msgspec
from aiohttp import web

from gateways.connectors.channels.graph.signature import call_proof, signature_of
from gateways.connectors.channels.inbound import WebhookRequest
from tests.gateways.connectors.channels.graph.messenger_rules import check_page_message
from tests.gateways.connectors.channels.graph.refusals import Refusal, refuse_unless
from tests.gateways.connectors.channels.graph.whatsapp_rules import check_whatsapp_message, recipient_of

__all__ = ["APP_ID", "APP_SECRET", "TOKEN", "VERIFY_TOKEN", "Sent", "StandInGraph", "serve_graph"]

APP_ID = "5550001"
APP_SECRET = "0123456789abcdef0123456789abcdef"
VERIFY_TOKEN = "a-token-to-verify"
TOKEN = "EAAG-an-access-token-of-the-channel"
_DAY = 24 * 3600
_ID = "US."


class Sent(NamedTuple):
    """A message that the stand-in has taken."""

    account: str
    customer: str
    id: str
    body: dict[str, Any]


def _known_as(customer: str) -> dict[str, str]:
    """A customer is known by an id, and by the number unless it is hidden."""
    return {"user_id": customer} if "." in customer else {"user_id": f"{_ID}{customer}", "wa_id": customer}


def _number_of(customer: str) -> str:
    """The number that belongs to the id of a customer whose number is not hidden; else the id, shortened."""
    return customer.removeprefix(_ID)


class File(NamedTuple):
    content: bytes
    media_type: str
    name: str = ""


class StandInGraph:
    """``TOKEN`` is valid for the account, or what ``tokens`` says. ``refusals`` are the answers to the next messages,
    ``standing_refusal`` is that to all of them, ``answers`` are the next ones of paths, ``moved`` leads from
    paths to others, and calls of ``silent`` ones get no answer. Of the next ``lost`` messages and uploads, and
    of ``lose_every`` messages one, the answers are lost after they were taken.
    ``statuses`` are posted after each message of WhatsApp, with ``early`` before its answer. ``now`` is the stand-in's
    clock, in seconds."""

    def __init__(self, account: str) -> None:
        self.url = ""
        self.webhook_url: str | None = None
        self.tokens = {TOKEN: account}
        self.instagram = False
        self.demands_proof = False
        self.sent: list[Sent] = []
        self.actions: list[dict[str, Any]] = []
        self.calls: list[tuple[str, str]] = []
        self.seen_tokens: set[str] = set()
        self.files: dict[str, File] = {}
        self.blocked: set[str] = set()
        self.refusals: deque[Refusal | web.Response] = deque()
        self.answers: dict[str, web.Response] = {}
        self.moved: dict[str, str] = {}
        self.silent: set[str] = set()
        self.standing_refusal: tuple[int, str, int] | None = None
        self.lost = 0
        self.lose_every = 0
        self.statuses: tuple[str, ...] = ()
        self.early = False
        self.now = 1_800_000_000.0
        self.human_agent_granted = False
        self.webhook_configuration: dict[str, str] = {}
        self.subscribed: list[str] = []
        self.app_webhook: dict[str, Any] | None = None
        self._wrote_at: dict[tuple[str, str], float] = {}
        self._count = itertools.count(1)
        self._tasks: set[asyncio.Task[object]] = set()
        self._http: aiohttp.ClientSession | None = None

    def refuse(self, code: int, words: str, *, status: int = 400) -> None:
        """Refuses the next message."""
        self.refusals.append(Refusal(code, words, status=status))

    def lose_answer(self) -> None:
        """Takes the next message and gives no answer."""
        self.lost += 1

    # What customers do

    def wrote(self, account: str, customer: str) -> None:
        """The customer has written just now, so that the window is open for a day."""
        self._wrote_at[account, _number_of(customer)] = self.now

    def whatsapp_message(self, account: str, customer: str, **content: Any) -> dict[str, Any]:
        """The body of a webhook with a message of a customer with this number, or with this id and a hidden number. Its
        type is the name of its content."""
        self.wrote(account, customer)
        message = {"id": self.new_id("wamid."), "timestamp": str(int(self.now)), "type": next(iter(content)), **content}
        known_as = _known_as(customer)
        message["from_user_id"] = known_as["user_id"]
        if "wa_id" in known_as:
            message["from"] = customer
        contact = {"profile": {"name": "Ada"}, **known_as}
        return self.whatsapp_body(account, contacts=[contact], messages=[message])

    def whatsapp_body(self, account: str, **value: Any) -> dict[str, Any]:
        metadata = {"display_phone_number": "15550100", "phone_number_id": account}
        change = {"field": "messages", "value": {"messaging_product": "whatsapp", "metadata": metadata, **value}}
        return {"object": "whatsapp_business_account", "entry": [{"id": "7770001", "changes": [change]}]}

    def page_event(self, account: str, customer: str, **event: Any) -> dict[str, Any]:
        """The body of a webhook with an event of a customer of a page or an account on Instagram."""
        if "message" in event or "postback" in event:
            self.wrote(account, customer)
        now = int(self.now * 1000)
        event = {"sender": {"id": customer}, "recipient": {"id": account}, "timestamp": now, **event}
        entry = {"id": account, "time": now, "messaging": [event]}
        return {"object": "instagram" if self.instagram else "page", "entry": [entry]}

    def request(self, body: Any) -> WebhookRequest:
        """The signed webhook, as a request."""
        raw = body if isinstance(body, bytes) else msgspec.json.encode(body)
        headers = {"content-type": "application/json", "x-hub-signature-256": signature_of(APP_SECRET, raw)}
        return WebhookRequest(
            method="POST", url=self.webhook_url or "https://chat.example/hook", query="", headers=headers, body=raw
        )

    def handshake(self, **changed: str) -> WebhookRequest:
        """The question by which Meta begins."""
        asked = {"hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN, "hub.challenge": "1158201444"} | changed
        url = self.webhook_url or "https://chat.example/hook"
        return WebhookRequest(method="GET", url=url, query=urlencode(asked), headers={}, body=b"")

    async def post(self, body: Any, times: int = 1) -> list[int]:
        """Posts the webhook, so many times at once, and returns the statuses of the answers."""
        request = self.request(body)
        return await asyncio.gather(*(self._post_once(request) for _ in range(times)))

    async def _post_once(self, request: WebhookRequest) -> int:
        assert self.webhook_url is not None
        return await self.post_raw(self.webhook_url, request.body, request.headers["x-hub-signature-256"])

    async def post_raw(self, url: str, body: bytes, signature: str) -> int:
        """Posts the bytes with any signature, and returns the status of the answer."""
        assert self._http is not None
        headers = {"Content-Type": "application/json", "X-Hub-Signature-256": signature}
        async with self._http.post(url, data=body, headers=headers) as answer:
            return answer.status

    def status(self, sent: Sent, status: str, code: int | None = None) -> dict[str, Any]:
        """The body of a webhook with the status of a message of WhatsApp."""
        known_as = _known_as(sent.customer)
        news = {"id": sent.id, "status": status, "timestamp": str(int(self.now))}
        news["recipient_user_id"] = known_as["user_id"]
        if "wa_id" in known_as:
            news["recipient_id"] = sent.customer
        if data := sent.body.get("biz_opaque_callback_data"):
            news["biz_opaque_callback_data"] = data
        errors: dict[str, Any] = {}
        if code:
            errors["errors"] = [
                {"code": code, "title": "Failed", "message": "Failed", "error_data": {"details": "why"}}
            ]
        return self.whatsapp_body(sent.account, contacts=[known_as], statuses=[news | errors])

    def echo(self, sent: Sent) -> dict[str, Any]:
        """The body of a webhook with a message that a page or an account on Instagram has sent."""
        message = {"mid": sent.id, "is_echo": True, "app_id": int(APP_ID), **sent.body["message"]}
        body = self.page_event(sent.account, sent.customer)
        body["entry"][0]["messaging"][0] |= {
            "sender": {"id": sent.account},
            "recipient": {"id": sent.customer},
            "message": message,
        }
        return body

    def new_id(self, prefix: str) -> str:
        number = next(self._count)
        return prefix + base64.b64encode(f"stand-in-{number}".encode()).decode()

    def add_file(self, content: bytes, media_type: str, name: str = "") -> str:
        """A file that a customer has sent, or that was uploaded."""
        file_id = f"88800{next(self._count)}"
        self.files[file_id] = File(content, media_type, name)
        return file_id

    # What the API does

    async def take(self, request: web.Request) -> web.StreamResponse:
        """Answers a call of the API, refusals as Meta writes them."""
        self.calls.append((request.method, request.path_qs))
        if answer := self.answers.pop(request.path, None):
            return answer
        if request.path in self.silent:
            return self._lose(request)
        if request.path in self.moved:
            return web.Response(status=307, headers={"Location": self.moved[request.path]})
        try:
            return await self._routed(request)
        except Refusal as refusal:
            return web.json_response(refusal.body(), status=refusal.status)

    async def _routed(self, request: web.Request) -> web.StreamResponse:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        self.seen_tokens.add(token)
        _, *path = request.path.strip("/").split("/")
        if path == [APP_ID, "subscriptions"]:
            refuse_unless(token == f"{APP_ID}|{APP_SECRET}", f"Invalid OAuth access token {token}", 190)
            return await self._app_subscription(request)
        if token not in self.tokens:
            raise Refusal(190, f"Malformed access token {token}", status=401)
        proof = request.query.get("appsecret_proof")
        if proof != call_proof(APP_SECRET, token) and (proof or self.demands_proof):
            raise Refusal(100, "Invalid appsecret_proof provided in the API argument")
        own = self.tokens[token]
        return await self._of_account(request, own if path[0] == "me" else path[0], own, path[1:])

    async def _of_account(self, request: web.Request, account: str, own: str, path: list[str]) -> web.StreamResponse:
        match request.method, path:
            case "POST", ["messages"]:
                refuse_unless(account == own, f"Object with ID {account} does not exist")
                return await self._message(request, account)
            case "POST", ["media" | "message_attachments" as edge]:
                return await self._upload(request, "id" if edge == "media" else "attachment_id")
            case "GET" | "POST", ["subscribed_apps"]:
                return self._subscription(request)
            case "POST", []:
                return await self._override(request)
            case "GET", [] if account == own:
                return web.json_response(self._described(account))
            case "GET", [] if account in self.files:
                return web.json_response(self._file_address(account))
            case _:
                raise Refusal(100, f"Unsupported request: {account} does not exist", subcode=33)

    def _described(self, account: str) -> dict[str, Any]:
        return {
            "id": account,
            "user_id": account,
            "name": "Tea House",
            "username": "tea.house",
            "display_phone_number": "+1 555-0100",
            "verified_name": "Tea House",
            "quality_rating": "GREEN",
            "webhook_configuration": self.webhook_configuration,
        }

    def _file_address(self, file_id: str) -> dict[str, Any]:
        file = self.files[file_id]
        digest = hashlib.sha256(file.content).hexdigest()
        url = f"{self.url}/whatsapp_business/attachments/?mid={file_id}"
        return {
            "url": url,
            "mime_type": file.media_type,
            "sha256": digest,
            "file_size": len(file.content),
            "id": file_id,
        }

    async def file(self, request: web.Request) -> web.Response:
        """The bytes of a file, for a caller with the token and a name of its own."""
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        file = self.files.get(request.query["mid"])
        if token not in self.tokens or not request.headers.get("User-Agent") or file is None:
            return web.Response(status=404)
        return web.Response(body=file.content, content_type=file.media_type)

    async def open_file(self, request: web.Request) -> web.Response:
        """The bytes of a file, for anybody who knows the address."""
        if "Authorization" in request.headers:
            self.seen_tokens.add(request.headers["Authorization"])
        file = self.files.get(request.match_info["file_id"])
        return web.Response(status=404) if file is None else web.Response(body=file.content)

    async def _message(self, request: web.Request, account: str) -> web.StreamResponse:
        body = await request.json()
        if self.refusals:
            refused = self.refusals.popleft()
            if isinstance(refused, web.Response):
                return refused
            raise refused
        if self.standing_refusal:
            code, words, status = self.standing_refusal
            raise Refusal(code, words, status=status)
        if body.get("status") == "read" or "sender_action" in body:
            self.actions.append(body)
            return web.json_response({"success": True})
        whatsapp = body.get("messaging_product") == "whatsapp"
        sent = self._taken_by_whatsapp(body, account) if whatsapp else self._taken_by_page(body, account)
        self.sent.append(sent)
        if whatsapp and self.early:
            await self._post_statuses(sent)
        elif whatsapp and self.statuses and self.webhook_url:
            self._later(self._post_statuses(sent))
        if self.lost or (self.lose_every and len(self.sent) % self.lose_every == 0):
            return self._lose(request)
        if not whatsapp:
            return web.json_response({"recipient_id": sent.customer, "message_id": sent.id})
        contact = {"input": sent.customer, "user_id" if "." in sent.customer else "wa_id": sent.customer}
        answer = {"messaging_product": "whatsapp", "contacts": [contact], "messages": [{"id": sent.id}]}
        return web.json_response(answer)

    def _lose(self, request: web.Request) -> web.Response:
        """Breaks the connection instead of an answer."""
        self.lost = max(self.lost - 1, 0)
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    def _taken_by_whatsapp(self, body: dict[str, Any], account: str) -> Sent:
        customer = recipient_of(body)
        check_whatsapp_message(body, set(self.files))
        if customer in self.blocked:
            raise Refusal(131026, f"Message undeliverable to {customer}")
        since = self._seconds_since(account, customer)
        if body["type"] != "template" and since >= _DAY:
            raise Refusal(131047, "Re-engagement message")
        return Sent(account, customer, self.new_id("wamid."), body)

    def _taken_by_page(self, body: dict[str, Any], account: str) -> Sent:
        customer = str(body.get("recipient", {}).get("id", ""))
        check_page_message(body, instagram=self.instagram, attachments=set(self.files))
        if (account, _number_of(customer)) not in self._wrote_at:
            raise Refusal(100, "No matching user found", subcode=2018001)
        if customer in self.blocked:
            raise Refusal(551, "This person isn't available right now.", subcode=1545041)
        tagged = body.get("tag") == "HUMAN_AGENT" and self.human_agent_granted
        if self._seconds_since(account, customer) >= (7 * _DAY if tagged else _DAY):
            words = "This message is sent outside of allowed window."
            if self.instagram:
                raise Refusal(10, words, subcode=2534022, status=403)
            raise Refusal(10, words, subcode=2018278)
        return Sent(account, customer, self.new_id("m_"), body)

    def _seconds_since(self, account: str, customer: str) -> float:
        return self.now - self._wrote_at.get((account, _number_of(customer)), float("-inf"))

    async def _post_statuses(self, sent: Sent) -> None:
        for status in self.statuses:
            await self.post(self.status(sent, status))

    def _later(self, doing: Any) -> None:
        task = asyncio.ensure_future(doing)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _upload(self, request: web.Request, name: str) -> web.Response:
        form = await request.post()
        file = form.get("file" if name == "id" else "filedata")
        refuse_unless(isinstance(file, web.FileField), "the file is missing")
        assert isinstance(file, web.FileField)
        refuse_unless(name != "id" or form.get("messaging_product") == "whatsapp", "messaging_product is missing")
        refuse_unless(name != "id" or file.content_type != "application/octet-stream", "unknown type of file", 131053)
        file_id = self.add_file(file.file.read(), file.content_type, file.filename)
        if self.lost:
            return self._lose(request)
        return web.json_response({name: file_id})

    async def _override(self, request: web.Request) -> web.Response:
        webhook = (await request.json())["webhook_configuration"]
        await self._shake_hands(webhook["override_callback_uri"], webhook["verify_token"])
        self.webhook_configuration = {"phone_number": webhook["override_callback_uri"]}
        return web.json_response({"success": True})

    def _subscription(self, request: web.Request) -> web.Response:
        if request.method == "POST":
            self.subscribed = request.query["subscribed_fields"].split(",")
            return web.json_response({"success": True})
        data = [{"id": APP_ID, "subscribed_fields": self.subscribed}] if self.subscribed else []
        return web.json_response({"data": data})

    async def _app_subscription(self, request: web.Request) -> web.Response:
        if request.method == "POST":
            body = await request.json()
            await self._shake_hands(body["callback_url"], body["verify_token"])
            self.app_webhook = {name: body[name] for name in ("object", "callback_url", "fields")} | {"active": True}
            return web.json_response({"success": True})
        return web.json_response({"data": [self.app_webhook] if self.app_webhook else []})

    async def _shake_hands(self, url: str, verify_token: str) -> None:
        assert self._http is not None
        challenge = secrets.token_hex(8)
        asked = {"hub.mode": "subscribe", "hub.verify_token": verify_token, "hub.challenge": challenge}
        async with self._http.get(url, params=asked) as answer:
            if answer.status != 200 or await answer.text() != challenge:
                raise Refusal(2200, "Callback verification failed")

    async def open(self) -> Callable[[], Any]:
        """Serves on a free port, and returns what ends that."""
        self._http = aiohttp.ClientSession()
        application = web.Application(client_max_size=200 * 1024 * 1024)
        application.router.add_get("/whatsapp_business/attachments/", self.file)
        application.router.add_get("/cdn/{file_id}", self.open_file)
        application.router.add_route("*", "/{path:.*}", self.take)
        runner = web.AppRunner(application, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"

        async def close() -> None:
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await runner.cleanup()
            assert self._http is not None
            await self._http.close()

        return close


@asynccontextmanager
async def serve_graph(account: str) -> AsyncIterator[StandInGraph]:
    """The stand-in with one account for which ``TOKEN`` is valid."""
    graph = StandInGraph(account)
    close = await graph.open()
    try:
        yield graph
    finally:
        await close()
