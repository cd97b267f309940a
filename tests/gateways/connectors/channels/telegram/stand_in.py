"""A stand-in for Telegram: the Bot API as documented, with chats, a webhook, and updates that wait until they are
taken."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, NamedTuple

import aiohttp
import msgspec
from aiohttp import web

from tests.gateways.centre import PATIENCE
from tests.gateways.connectors.channels.telegram.method_parameters import (
    METHODS,
    InlineKeyboard,
    Parameters,
    UploadedFile,
    read_call,
)

__all__ = ["ALICE", "TOKEN", "Sent", "StandInTelegram", "WebhookCall", "serve_telegram"]

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
ALICE = 5550001
"""A customer, and the private chat with the customer."""

_BOT = {"id": 110201543, "is_bot": True, "first_name": "Centre", "username": "centre_bot"}
_PAUSE = 0.01
_DATE = 1_764_500_000
_SIZES = {"width": 90, "height": 90, "duration": 1}
_MEDIA = {"photo", "video", "animation", "audio", "voice", "document"}


class Sent(NamedTuple):
    """A message that Telegram has taken for a chat."""

    method: str
    chat_id: int
    message_id: int
    parameters: Any
    file: UploadedFile | None


class WebhookCall(NamedTuple):
    """How a delivery of an update was answered. 0 is no answer."""

    update_id: int
    status: int
    body: bytes


class Refusal(Exception):
    """Raised when a method is refused."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class StandInTelegram:
    """``sent`` are the messages taken, ``calls`` the names of all methods that were called with the token. Customers
    exist once they have written. ``deliveries`` is how often each update goes to the webhook. With a
    ``standing_refusal``, of a code and a description, every call is refused; of what is sent, every ``lose_every``-th
    is not answered."""

    def __init__(self) -> None:
        self.url = ""
        self.sent: list[Sent] = []
        self.calls: list[str] = []
        self.webhook: dict[str, Any] = {}
        self.webhook_calls: list[WebhookCall] = []
        self.pending: list[dict[str, Any]] = []
        self.typing: list[int] = []
        self.keyboards: dict[str, InlineKeyboard] = {}
        self.waiting_presses: set[str] = set()
        self.notices: list[str | None] = []
        self.webhook_failure: str | None = None
        self.max_file = 20 * 1024 * 1024
        self.file_statuses: list[int] = []
        self.deliveries = 1
        self._files: dict[str, bytes] = {}
        self._chats: set[int] = set()
        self._blocked: set[int] = set()
        self._refusals: list[Refusal | int] = []
        self._refusals_of: dict[str, Refusal] = {}
        self._lost = 0
        self.lose_every = 0
        self.standing_refusal: tuple[int, str] | None = None
        self._number = 0
        self._poll: object = None
        self._grown = asyncio.Event()
        self._chat_tasks: dict[int, asyncio.Task[None]] = {}
        self._http: aiohttp.ClientSession | None = None

    # What tests ask for

    def refuse(self, code: int, description: str, **parameters: int) -> None:
        """The next call is refused so. Several go in order."""
        self._refusals.append(Refusal(code, description, **parameters))

    def refuse_later(self, method: str, code: int, description: str) -> None:
        """The next call of this method is refused so."""
        self._refusals_of[method] = Refusal(code, description)

    def answer_as_proxy(self, status: int) -> None:
        """The next call is answered by a proxy that does not know Telegram."""
        self._refusals.append(status)

    def lose_answers(self, count: int = 1) -> None:
        """The next calls are performed, and not answered."""
        self._lost += count

    def known(self, chat_id: int) -> None:
        """The customer has written to the bot at some time."""
        self._chats.add(chat_id)

    def write(self, text: str, chat_id: int = ALICE, **fields: Any) -> dict[str, Any]:
        return self.message(chat_id, text=text, **fields)

    def message(self, chat_id: int = ALICE, **fields: Any) -> dict[str, Any]:
        """A message of the customer with these fields, on its way to the bot."""
        self.known(chat_id)
        return self.update(chat_id, message=self._message(chat_id, _customer(chat_id), **fields))

    def file(self, content: bytes, file_size: int | None = None, **fields: Any) -> dict[str, Any]:
        """A file that a customer's message may hold."""
        file_id = f"file-{len(self._files) + 1}"
        self._files[file_id] = content
        size = len(content) if file_size is None else file_size
        return {"file_id": file_id, "file_unique_id": f"unique-{file_id}", "file_size": size, **fields}

    def press(self, sent: Sent, data: str) -> dict[str, Any]:
        """The customer presses the button with this data below the message."""
        query_id = str(4_000_000_000_000 + self._next())
        self.waiting_presses.add(query_id)
        keyboard = self.keyboards.get(f"{sent.chat_id}:{sent.message_id}")
        markup = {"reply_markup": msgspec.to_builtins(keyboard)} if keyboard is not None else {}
        message = {**self._message(sent.chat_id, _BOT, text="?"), "message_id": sent.message_id, **markup}
        query = {"id": query_id, "from": _customer(sent.chat_id), "chat_instance": "1", "data": data}
        return self.update(sent.chat_id, callback_query={**query, "message": message})

    def block(self, chat_id: int = ALICE) -> dict[str, Any]:
        self._blocked.add(chat_id)
        return self._standing(chat_id, "member", "kicked")

    def unblock(self, chat_id: int = ALICE) -> dict[str, Any]:
        self._blocked.discard(chat_id)
        return self._standing(chat_id, "kicked", "member")

    def update(self, chat_id: int = ALICE, **fields: Any) -> dict[str, Any]:
        """An update with these fields, on its way to the bot."""
        update = {"update_id": 870_000_000 + self._next(), **fields}
        self.pending.append({**update, "_chat": chat_id})
        self._grow()
        self._deliver_all()
        return update

    async def until(self, condition: Any) -> None:
        """Waits until the condition holds, which some call makes true."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self._grown.clear()
                await self._grown.wait()

    # The Bot API

    async def answer_call(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        try:
            self._check_token(request.match_info["token"])
            self.calls.append(name)
            refusal = self._refusals.pop(0) if self._refusals else self._refusals_of.pop(name, None)
            if refusal is None and self.standing_refusal is not None:
                refusal = Refusal(*self.standing_refusal)
            if isinstance(refusal, int):
                await request.read()
                return web.Response(status=refusal, body=b"<html>a proxy</html>", content_type="text/html")
            if refusal is not None:
                raise refusal
            result = await self._call(name, request)
        except Refusal as refusal:
            return _refused(refusal)
        finally:
            self._grow()
        if self.lose_every and name.startswith("send") and len(self.sent) % self.lose_every == 0:
            self._lost = 1
        if self._lost:
            self._lost -= 1
            assert request.transport is not None
            request.transport.abort()
        return _json({"ok": True, "result": result}, 200)

    async def answer_file(self, request: web.Request) -> web.Response:
        file_id = request.match_info["path"].removeprefix("documents/")
        if self.file_statuses:
            return web.Response(status=self.file_statuses.pop(0))
        if request.match_info["token"] != TOKEN or file_id not in self._files:
            return _refused(Refusal(404, "Not Found"))
        return web.Response(body=self._files[file_id], content_type="application/octet-stream")

    def _check_token(self, token: str) -> None:
        if not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", token):
            raise Refusal(404, "Not Found")
        if token != TOKEN:
            raise Refusal(401, "Unauthorized")

    async def _call(self, name: str, request: web.Request) -> Any:
        if name not in METHODS:
            raise Refusal(404, "Not Found: method not found")
        try:
            parameters, file = await read_call(request, METHODS[name])
        except msgspec.MsgspecError as error:
            raise Refusal(400, f"Bad Request: {error}") from None
        if name == "getUpdates":
            return await self._get_updates(parameters)
        if name.startswith("send") and name != "sendChatAction":
            return self._send(name, parameters, file)
        perform = getattr(self, f"_{re.sub('[A-Z]', lambda found: '_' + found[0].lower(), name)}")
        return perform(parameters)

    def _send(self, name: str, parameters: Any, file: UploadedFile | None) -> dict[str, Any]:
        self._check_chat(parameters.chat_id)
        fields = msgspec.to_builtins(parameters)
        visible = {key: fields[key] for key in ("text", "caption", "reply_markup") if fields.get(key) is not None}
        for key in _MEDIA & fields.keys():
            media = {"file_id": "sent", "file_unique_id": "sent", **_SIZES}
            visible[key] = [media] if key == "photo" else media
        message = self._message(parameters.chat_id, _BOT, **visible)
        sent = Sent(name, parameters.chat_id, message["message_id"], parameters, file)
        self.sent.append(sent)
        if parameters.reply_markup is not None:
            self.keyboards[f"{sent.chat_id}:{sent.message_id}"] = parameters.reply_markup
        return message

    def _check_chat(self, chat_id: int) -> None:
        if chat_id not in self._chats:
            raise Refusal(400, "Bad Request: chat not found")
        if chat_id in self._blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")

    def _get_me(self, parameters: Parameters) -> dict[str, Any]:
        return {**_BOT, "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}

    def _get_file(self, parameters: Any) -> dict[str, Any]:
        content = self._files.get(parameters.file_id)
        if content is None:
            raise Refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        if len(content) > self.max_file:
            raise Refusal(400, "Bad Request: file is too big")
        path = f"documents/{parameters.file_id}"
        return {"file_id": parameters.file_id, "file_unique_id": "unique", "file_size": len(content), "file_path": path}

    def _send_chat_action(self, parameters: Any) -> bool:
        self._check_chat(parameters.chat_id)
        self.typing.append(parameters.chat_id)
        return True

    def _answer_callback_query(self, parameters: Any) -> bool:
        if parameters.callback_query_id not in self.waiting_presses:
            raise Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self.waiting_presses.remove(parameters.callback_query_id)
        self.notices.append(parameters.text)
        return True

    def _edit_message_reply_markup(self, parameters: Any) -> dict[str, Any]:
        name = f"{parameters.chat_id}:{parameters.message_id}"
        if self.keyboards.pop(name, None) is None:
            raise Refusal(400, "Bad Request: message is not modified")
        return {**self._message(parameters.chat_id, _BOT, text="?"), "message_id": parameters.message_id}

    # Updates: to a webhook, or to a caller that polls

    def _set_webhook(self, parameters: Any) -> bool:
        """Telegram takes https alone; a test's own server has none."""
        if not re.match(r"https://|http://127\.0\.0\.1[:/]", parameters.url):
            raise Refusal(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        self.webhook = msgspec.to_builtins(parameters)
        self._deliver_all()
        return True

    def _delete_webhook(self, parameters: Any) -> bool:
        self.webhook = {}
        return True

    def _get_webhook_info(self, parameters: Parameters) -> dict[str, Any]:
        info = {"url": self.webhook.get("url", ""), "has_custom_certificate": False}
        info["pending_update_count"] = len(self.pending)
        if self.webhook_failure is not None:
            info |= {"last_error_date": _DATE, "last_error_message": self.webhook_failure}
        if self.webhook.get("allowed_updates"):
            info["allowed_updates"] = self.webhook["allowed_updates"]
        return info

    async def _get_updates(self, parameters: Any) -> list[dict[str, Any]]:
        if self.webhook:
            words = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            raise Refusal(409, f"Conflict: {words}")
        if parameters.offset is not None:
            self.pending = [update for update in self.pending if update["update_id"] >= parameters.offset]
        self._poll = poll = object()
        self._grow()
        with suppress(TimeoutError):
            async with asyncio.timeout(parameters.timeout):
                while not self.pending and self._poll is poll:
                    self._grown.clear()
                    await self._grown.wait()
        if self._poll is not poll:
            words = "terminated by other getUpdates request; make sure that only one bot instance is running"
            raise Refusal(409, f"Conflict: {words}")
        self._poll = None
        return [_public(update) for update in self.pending[: parameters.limit]]

    def _deliver_all(self) -> None:
        for chat_id in {update["_chat"] for update in self.pending} if self.webhook else ():
            if chat_id not in self._chat_tasks:
                self._chat_tasks[chat_id] = asyncio.ensure_future(self._deliver_chat(chat_id))

    async def _deliver_chat(self, chat_id: int) -> None:
        """The updates of one chat in their order: while one fails, those after it wait."""
        try:
            while self.webhook and (update := self._first_of(chat_id)) is not None:
                calls = [await self._deliver(update) for _ in range(self.deliveries)]
                self.webhook_calls += calls
                if all(call.status // 100 == 2 for call in calls):
                    self.pending.remove(update)
                else:
                    self.webhook_failure = f"Wrong response from the webhook: {calls[-1].status}"
                self._grow()
                if update in self.pending:
                    await asyncio.sleep(_PAUSE)
        finally:
            del self._chat_tasks[chat_id]

    def _first_of(self, chat_id: int) -> dict[str, Any] | None:
        return next((update for update in self.pending if update["_chat"] == chat_id), None)

    async def _deliver(self, update: dict[str, Any]) -> WebhookCall:
        assert self._http is not None
        secret = self.webhook.get("secret_token")
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        try:
            async with self._http.post(self.webhook["url"], json=_public(update), headers=headers) as answer:
                return WebhookCall(update["update_id"], answer.status, await answer.read())
        except aiohttp.ClientError:
            return WebhookCall(update["update_id"], 0, b"")

    # Parts

    def _message(self, chat_id: int, sender: dict[str, Any], **fields: Any) -> dict[str, Any]:
        chat = {"id": chat_id, "type": "private", "first_name": "Alice"}
        return {"message_id": self._next(), "date": _DATE, "chat": chat, "from": sender, **fields}

    def _standing(self, chat_id: int, before: str, now: str) -> dict[str, Any]:
        chat = {"id": chat_id, "type": "private", "first_name": "Alice"}
        old, new = ({"user": _BOT, "status": status, "until_date": 0} for status in (before, now))
        member = {"chat": chat, "from": _customer(chat_id), "date": _DATE}
        return self.update(chat_id, my_chat_member={**member, "old_chat_member": old, "new_chat_member": new})

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _grow(self) -> None:
        self._grown.set()

    @asynccontextmanager
    async def delivering(self) -> AsyncIterator[None]:
        async with aiohttp.ClientSession() as self._http:
            try:
                yield
            finally:
                tasks = list(self._chat_tasks.values())
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def serve_telegram() -> AsyncIterator[StandInTelegram]:
    telegram = StandInTelegram()
    application = web.Application(client_max_size=64 * 1024 * 1024)
    application.router.add_post("/bot{token}/{method}", telegram.answer_call)
    application.router.add_get("/file/bot{token}/{path:.+}", telegram.answer_file)
    runner = web.AppRunner(application, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        telegram.url = f"http://{host}:{port}"
        async with telegram.delivering():
            yield telegram
    finally:
        await runner.cleanup()


def _customer(chat_id: int) -> dict[str, Any]:
    return {"id": chat_id, "is_bot": False, "first_name": "Alice", "last_name": "Smith", "language_code": "de"}


def _public(update: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in update.items() if name != "_chat"}


def _refused(refusal: Refusal) -> web.Response:
    body = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    return _json({**body, "parameters": refusal.parameters} if refusal.parameters else body, refusal.code)


def _json(body: dict[str, Any], status: int) -> web.Response:
    return web.Response(status=status, body=msgspec.json.encode(body), content_type="application/json")
