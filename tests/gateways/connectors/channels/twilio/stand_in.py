"""A stand-in for Twilio: the part of its REST API that the connector uses, with state, and its webhooks.

Source: https://www.twilio.com/docs and https://github.com/twilio/twilio-oai.
"""

import asyncio
import base64
import hashlib
import hmac
import re
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode

import aiohttp
import msgspec
from aiohttp import web

from gateways.connectors.channels.inbound import WebhookRequest
from tests.gateways.connectors.channels.twilio.requests import ACCOUNT, KEY, KEY_NAME, SENDER, TOKEN

__all__ = ["Message", "Receiver", "StandInTwilio", "basic", "error", "number", "serve_receiver", "serve_twilio"]

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_MAX_TEXT = 1600
_VARIABLE = re.compile(r"\{\{(\w+)\}\}")


@dataclass
class Message:
    """A message of ours that Twilio has taken. ``fields`` are those of the call, each with all of its values."""

    sid: str
    fields: dict[str, list[str]]
    body: str
    created_at: datetime
    status: str = "queued"
    content: dict[str, Any] = field(default_factory=dict)

    def one(self, name: str) -> str | None:
        return self.fields.get(name, [None])[0]

    def listed(self) -> dict[str, Any]:
        return {
            "sid": self.sid,
            "account_sid": ACCOUNT,
            "api_version": "2010-04-01",
            "from": self.one("From"),
            "to": self.one("To"),
            "body": self.body,
            "status": self.status,
            "direction": "outbound-api",
            "num_media": str(len(self.fields.get("MediaUrl", []))),
            "num_segments": "1",
            "messaging_service_sid": self.one("MessagingServiceSid"),
            "date_created": format_datetime(self.created_at),
            "date_updated": format_datetime(self.created_at),
            "date_sent": None if self.status == "queued" else format_datetime(self.created_at),
            "error_code": None,
            "error_message": None,
            "price": None,
            "price_unit": "USD",
            "uri": f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{self.sid}.json",
            "subresource_uris": {},
        }


class StandInTwilio:
    """``users`` are the names and passwords of callers. Numbers in ``opted_out`` and ``refused`` get no messages, and
    ``answers`` are given instead of what would be right. With ``losing``, the next calls are done and not answered;
    with ``lose_every``, every so-manieth message is."""

    def __init__(self) -> None:
        self.url = ""
        self.users = {ACCOUNT: TOKEN}
        self.account: dict[str, Any] = {"sid": ACCOUNT, "status": "active", "type": "Full"}
        self.numbers = [number("PN" + "1" * 32, phone_number=SENDER)]
        self.short_codes = [number("SC" + "1" * 32, short_code="12345")]
        self.services: dict[str, dict[str, Any]] = {}
        self.senders: list[dict[str, Any]] = [
            {"sid": "XE" + "1" * 32, "sender_id": f"whatsapp:{SENDER}", "status": "ONLINE", "webhook": {}}
        ]
        self.messages: list[Message] = []
        self.contents: dict[str, dict[str, Any]] = {}
        self.typing: list[dict[str, str]] = []
        self.files: dict[str, tuple[str, bytes]] = {}
        self.elsewhere: str | None = None
        """Where files lie, instead of at this stand-in."""
        self.opted_out: set[str] = set()
        self.refused: dict[str, int] = {}
        self.answers: deque[web.Response] = deque()
        self.losing = 0
        self.lose_every = 0
        self.down = False
        self.calls: list[str] = []
        self.credentials: list[str] = []

    def application(self) -> web.Application:
        application = web.Application(middlewares=[self._count])
        account = f"/2010-04-01/Accounts/{ACCOUNT}"
        application.add_routes(
            [
                web.get(f"{account}.json", self._account),
                web.post(f"{account}/Messages.json", self._send),
                web.get(f"{account}/Messages.json", self._list),
                web.get(f"{account}/IncomingPhoneNumbers.json", self._list_numbers),
                web.post(f"{account}/IncomingPhoneNumbers/{{sid}}.json", self._change_number),
                web.get(f"{account}/SMS/ShortCodes.json", self._list_short_codes),
                web.post(f"{account}/SMS/ShortCodes/{{sid}}.json", self._change_number),
                web.get(f"{account}/Messages/{{message}}/Media/{{sid}}", self._file),
                web.get("/v1/Services/{sid}", self._service),
                web.post("/v1/Services/{sid}", self._change_service),
                web.get("/v2/Channels/Senders", self._list_senders),
                web.post("/v2/Channels/Senders/{sid}", self._change_sender),
                web.post("/v2/Indicators/Typing.json", self._type),
                web.get("/v2/Content", self._list_contents),
                web.post("/v1/Content", self._make_content),
                web.get("/files/{sid}", self._stored_file),
            ]
        )
        return application

    @web.middleware
    async def _count(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self.calls.append(f"{request.method} {request.path}")
        self.credentials.append(request.headers.get("Authorization", ""))
        if not request.path.startswith("/files/"):
            if self.answers:
                return self.answers.popleft()
            if self.down:
                return error(503, 20503, "Service Unavailable")
            if not self._admits(request):
                return error(401, 20003, "Authenticate")
        answer = await handler(request)
        sent = request.method == "POST" and request.path.endswith("/Messages.json")
        if self.losing or (sent and self.lose_every and len(self.messages) % self.lose_every == 0):
            self.losing = max(self.losing - 1, 0)
            assert request.transport is not None
            request.transport.close()
        return answer

    def _admits(self, request: web.Request) -> bool:
        return request.headers.get("Authorization") in {basic(*user) for user in self.users.items()}

    async def _account(self, request: web.Request) -> web.Response:
        if request.headers["Authorization"] != basic(ACCOUNT, TOKEN):
            return error(401, 20003, "A standard key may not read the account")
        return web.json_response(self.account)

    async def _send(self, request: web.Request) -> web.Response:
        form = await request.post()
        fields = {name: [str(value) for value in form.getall(name)] for name in form}
        refusal = self._refusal(fields)
        if refusal is not None:
            return refusal
        message = self._taken(fields)
        self.messages.append(message)
        return web.json_response(message.listed(), status=201)

    def _refusal(self, fields: dict[str, list[str]]) -> web.Response | None:
        to, body = fields.get("To", [""])[0], fields.get("Body", [""])[0]
        if not to:
            return error(400, 21604, "A 'To' phone number is required.")
        if not fields.get("From") and not fields.get("MessagingServiceSid"):
            return error(400, 21603, "A 'From' phone number is required.")
        if to in self.opted_out:
            return error(400, 21610, f"Attempt to send to unsubscribed recipient {to}")
        if to in self.refused:
            return error(400, self.refused[to], f"Refused: {to}")
        content = fields.get("ContentSid")
        if content is not None:
            return self._refusal_of_content(fields, content[0])
        if not body and "MediaUrl" not in fields:
            return error(400, 21602, "Message body is required.")
        if len(body) > _MAX_TEXT:
            return error(400, 21617, "The concatenated message body exceeds the 1600 character limit")
        if not 1 <= int(fields.get("ValidityPeriod", ["36000"])[0]) <= 36_000:
            return error(400, 20001, "Parameter 'ValidityPeriod' is not valid")
        return None

    def _refusal_of_content(self, fields: dict[str, list[str]], sid: str) -> web.Response | None:
        if sid not in self.contents:
            return error(400, 21655, "The ContentSid is Invalid")
        try:
            msgspec.json.decode(fields.get("ContentVariables", ["{}"])[0], type=dict[str, str])
        except msgspec.DecodeError:
            return error(400, 21656, "The ContentVariables Parameter is invalid")
        if "Body" in fields or "MediaUrl" in fields:
            return error(400, 20001, "A template stands alone")
        return None

    def _taken(self, fields: dict[str, list[str]]) -> Message:
        sid, content = f"SM{len(self.messages) + 1:032x}", {}
        body = fields.get("Body", [""])[0]
        if "ContentSid" in fields:
            variables = msgspec.json.decode(fields.get("ContentVariables", ["{}"])[0])
            content = filled(self.contents[fields["ContentSid"][0]]["types"], variables)
            body = next(iter(content.values()))["body"]
        return Message(sid, fields, body, datetime.now(UTC).replace(microsecond=0), content=content)

    async def _list(self, request: web.Request) -> web.Response:
        found = [
            message.listed()
            for message in reversed(self.messages)
            if request.query.get("To") in (None, message.one("To"))
            and request.query.get("From") in (None, message.one("From"))
        ]
        return web.json_response({"messages": found[: int(request.query.get("PageSize", "50"))], "page": 0})

    async def _list_numbers(self, request: web.Request) -> web.Response:
        wanted = request.query.get("PhoneNumber")
        found = [kept for kept in self.numbers if wanted in (None, kept["phone_number"])]
        return web.json_response({"incoming_phone_numbers": found})

    async def _list_short_codes(self, request: web.Request) -> web.Response:
        wanted = request.query.get("ShortCode")
        found = [kept for kept in self.short_codes if wanted in (None, kept["short_code"])]
        return web.json_response({"short_codes": found})

    async def _change_number(self, request: web.Request) -> web.Response:
        form = await request.post()
        for kept in (*self.numbers, *self.short_codes):
            if kept["sid"] == request.match_info["sid"]:
                kept |= {"sms_url": form["SmsUrl"], "sms_method": form["SmsMethod"]}
                return web.json_response(kept)
        return error(404, 20404, "The requested resource was not found")

    async def _service(self, request: web.Request) -> web.Response:
        service = self.services.get(request.match_info["sid"])
        return web.json_response(service) if service is not None else error(404, 20404, "Not found")

    async def _change_service(self, request: web.Request) -> web.Response:
        form = await request.post()
        service = self.services[request.match_info["sid"]]
        service |= {"inbound_request_url": form["InboundRequestUrl"], "inbound_method": form["InboundMethod"]}
        return web.json_response(service)

    async def _list_senders(self, request: web.Request) -> web.Response:
        assert request.query["Channel"] == "whatsapp"
        return web.json_response({"senders": self.senders, "meta": page_of("senders")})

    async def _change_sender(self, request: web.Request) -> web.Response:
        (sender,) = [sender for sender in self.senders if sender["sid"] == request.match_info["sid"]]
        sender["webhook"] = (await request.json())["webhook"]
        return web.json_response(sender, status=202)

    async def _type(self, request: web.Request) -> web.Response:
        form = await request.post()
        if not re.fullmatch(r"(SM|MM)[0-9a-f]{32}", str(form["messageId"])) or form["channel"] != "whatsapp":
            return error(400, 20001, "Invalid parameter")
        self.typing.append({name: str(form[name]) for name in form})
        return web.json_response({"success": True})

    async def _list_contents(self, request: web.Request) -> web.Response:
        wanted = re.compile(request.query.get("ContentName", ""))
        found = [content for content in self.contents.values() if wanted.search(content["friendly_name"])]
        return web.json_response({"contents": found, "meta": page_of("contents")})

    async def _make_content(self, request: web.Request) -> web.Response:
        body = await request.json()
        if {"friendly_name", "language", "types"} - body.keys():
            return error(400, 20001, "A parameter is missing")
        used = set(_VARIABLE.findall(msgspec.json.encode(body["types"]).decode()))
        if used != body.get("variables", {}).keys():
            return error(400, 20001, "Each variable needs a sample")
        sid = f"HX{len(self.contents) + 1:032x}"
        self.contents[sid] = {"sid": sid, "account_sid": ACCOUNT} | body
        return web.json_response(self.contents[sid], status=201)

    async def _file(self, request: web.Request) -> web.Response:
        sid = request.match_info["sid"]
        if sid not in self.files:
            return error(404, 20404, "The requested resource was not found")
        raise web.HTTPTemporaryRedirect(self.elsewhere or f"/files/{sid}")

    async def _stored_file(self, request: web.Request) -> web.Response:
        if "Authorization" in request.headers:
            # As stores of files do that sign their addresses.
            return web.Response(status=400, text="Only one auth mechanism allowed")
        media_type, content = self.files[request.match_info["sid"]]
        return web.Response(body=content, content_type=media_type)

    def keep_file(self, media_type: str, content: bytes) -> str:
        """The address of a customer's file, as a message names it."""
        sid = f"ME{len(self.files) + 1:032x}"
        self.files[sid] = (media_type, content)
        return f"{self.url}/2010-04-01/Accounts/{ACCOUNT}/Messages/MM{'1' * 32}/Media/{sid}"

    async def become(self, message: Message, status: str, code: int | None = None) -> int:
        """Calls back with what has become of a message, and returns the status of the answer."""
        message.status = status
        fields = {
            "MessageSid": message.sid,
            "SmsSid": message.sid,
            "AccountSid": ACCOUNT,
            "From": message.one("From") or "",
            "To": message.one("To") or "",
            "MessageStatus": status,
            "SmsStatus": status,
            "ApiVersion": "2010-04-01",
        }
        if code is not None:
            fields |= {"ErrorCode": str(code), "ErrorMessage": "in Twilio's words"}
        url = message.one("StatusCallback")
        assert url is not None
        return await self.call(url, fields)

    async def call(
        self, url: str, fields: dict[str, str], *, by_key: bool = False, repeated: int = 0, token: str = TOKEN
    ) -> int:
        """Calls a webhook with a signature, once and ``repeated`` times more at once."""
        signed = url + "".join(name + fields[name] for name in sorted(fields))
        key, digest = (KEY, hashlib.sha256) if by_key else (token, hashlib.sha1)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "X-Twilio-Signature": base64.b64encode(hmac.digest(key.encode(), signed.encode(), digest)).decode(),
            "I-Twilio-Idempotency-Token": "00000000-0000-4000-8000-000000000001",
        }
        if by_key:
            headers["X-Twilio-Webhooks-Signature-Settings"] = f"key={KEY_NAME},algorithm=HMAC_SHA256"

        async def once(http: aiohttp.ClientSession) -> int:
            async with http.post(url, data=urlencode(fields), headers=headers) as answer:
                return answer.status

        async with aiohttp.ClientSession() as http:
            statuses = await asyncio.gather(*(once(http) for _ in range(1 + repeated)))
        return statuses[0]


class Receiver:
    """Keeps the requests of webhooks as the server reads them."""

    def __init__(self) -> None:
        self.url = ""
        self.requests: list[WebhookRequest] = []

    async def take(self, request: web.Request) -> web.Response:
        self.requests.append(
            WebhookRequest(
                method="POST",
                url=str(request.url),
                query=request.rel_url.raw_query_string,
                headers={name.lower(): value for name, value in request.headers.items()},
                body=await request.read(),
            )
        )
        return web.Response(status=204)


def basic(name: str, password: str) -> str:
    return f"Basic {base64.b64encode(f'{name}:{password}'.encode()).decode()}"


def number(sid: str, **named: str) -> dict[str, Any]:
    return {
        "sid": sid,
        "sms_url": "",
        "sms_method": "POST",
        "sms_application_sid": "",
        "capabilities": {"sms": True},
    } | named


def page_of(key: str) -> dict[str, Any]:
    """What Twilio's newer lists say of the one page that there is."""
    return {"key": key, "page": 0, "page_size": 50, "next_page_url": None, "previous_page_url": None}


def error(status: int, code: int, message: str, **headers: str) -> web.Response:
    more_info = f"https://www.twilio.com/docs/errors/{code}"
    body = {"code": code, "message": message, "more_info": more_info, "status": status}
    return web.json_response(
        body, status=status, headers={name.replace("_", "-"): text for name, text in headers.items()}
    )


def filled(template: Any, variables: dict[str, str]) -> Any:
    """The template with the values of its variables."""
    if isinstance(template, dict):
        return {name: filled(part, variables) for name, part in template.items()}
    if isinstance(template, list):
        return [filled(part, variables) for part in template]
    return _VARIABLE.sub(lambda found: variables[found[1]], template) if isinstance(template, str) else template


@asynccontextmanager
async def serve(application: web.Application) -> AsyncIterator[str]:
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def serve_twilio() -> AsyncIterator[StandInTwilio]:
    twilio = StandInTwilio()
    async with serve(twilio.application()) as twilio.url:
        yield twilio


@asynccontextmanager
async def serve_receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    application = web.Application()
    application.router.add_post("/connectors/v1/{channel}", receiver.take)
    async with serve(application) as url:
        receiver.url = f"{url}/connectors/v1/sms"
        yield receiver
