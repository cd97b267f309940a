"""Where the providers of channels call: each is proven by its own signature, and nothing here needs a key of ours."""

import logging
from collections.abc import Mapping

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from gateways.api.attachments import send_attachment
from gateways.api.call import Call
from gateways.application.problems import to_problem
from gateways.application.route_table import Route
from gateways.connectors.channels.exceptions import ForgedRequestError, UnreadableRequestError
from gateways.connectors.channels.files import named_file
from gateways.connectors.channels.inbound import WebhookAnswer, WebhookRequest
from gateways.connectors.channels.lines import OpenLine, channel_url, open_line
from gateways.connectors.channels.receiving import receive
from gateways.http.call import HttpCall
from gateways.http.forwarded import prefix_of
from gateways.http.headers import headers_of
from gateways.http.problems import Problem, send_problem
from gateways.services import Services

__all__ = ["connector_routes"]

_logger = logging.getLogger(__name__)
_MAX_BODY = 4 * 1024 * 1024
"""Meta sends up to 3 MB."""
_PATH = "/connectors/v1/{channel}"


def connector_routes(services: Services) -> list[Route]:
    webhook = _WebhookApp(services)
    return [
        Route(_PATH, "GET", webhook),
        Route(_PATH, "POST", webhook),
        Route(f"{_PATH}/files/{{token}}", "GET", _FileApp(services)),
    ]


class _WebhookApp:
    """A provider's call. What is proven is not counted against the address's limit: one provider calls for many
    customers."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        call: Call = HttpCall(scope, receive, self._services, self._services.unfinished_bodies)
        try:
            answer = await self._answer(call)
        except Exception as error:
            await send_problem(send, to_problem(error))
            return
        response = Response(answer.body, answer.status, {"cache-control": "no-store"}, answer.media_type)
        await response(scope, receive, send)

    async def _answer(self, call: Call) -> WebhookAnswer:
        services = self._services
        services.waiting_requests.check()
        channel = call.parameter("channel")
        opened = await open_line(services, channel)
        if opened is None:
            services.rate_limits.check_address(call.address)
            raise Problem("not_found", f"no channel {channel[:64]!r} with a connector is configured")
        request = await self._request(call, channel)
        waiting = services.waiting_requests
        waiting.count += 1
        try:
            return await self._take(opened, request)
        except ForgedRequestError as error:
            services.rate_limits.check_address(call.address)
            raise Problem("signature_invalid", str(error)) from None
        except UnreadableRequestError as error:
            services.rate_limits.check_address(call.address)
            raise Problem("malformed_request", str(error)) from None
        finally:
            waiting.count -= 1

    async def _take(self, opened: OpenLine, request: WebhookRequest) -> WebhookAnswer:
        line, connector = opened
        handshake = connector.answer_handshake(line, request)
        if handshake is not None:
            return handshake
        for inbound in connector.receive(line, request):
            await receive(self._services, line.channel, inbound)
        return connector.answer(line, request)

    async def _request(self, call: Call, channel: str) -> WebhookRequest:
        scope = call.scope
        body = b"" if scope["method"] == "GET" else await call.read(_MAX_BODY)
        query = scope["query_string"].decode("latin-1")
        address = channel_url(self._services, channel) or _called_url(scope)
        return WebhookRequest(
            method="GET" if scope["method"] == "GET" else "POST",
            url=f"{address}?{query}" if query else address,
            query=query,
            headers=_texts(headers_of(scope)),
            body=body,
        )


class _FileApp:
    """A file of a conversation, at an address that only the provider was given and that is over after an hour."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        call: Call = HttpCall(scope, receive, self._services, self._services.unfinished_bodies)
        try:
            self._services.rate_limits.check_address(call.address)
            conversation_id, attachment_id = named_file(self._services, call.parameter("token"))
            response = await send_attachment(self._services, conversation_id, attachment_id)
        except Exception as error:
            await send_problem(send, to_problem(error))
            return
        await response(scope, receive, send)


def _called_url(scope: Scope) -> str:
    """The address as the caller wrote it, where no public address is set."""
    host = headers_of(scope).get(b"host", b"").decode("latin-1")
    return f"{scope['scheme']}://{host}{prefix_of(scope)}{scope['path']}"


def _texts(headers: Mapping[bytes, bytes]) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in headers.items()}
