"""The baseline: a bare Starlette and msgspec echo under the server's own uvicorn settings."""

import asyncio
import socket

import msgspec
import uvicorn
import uvloop
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from config import Settings
from gateways.command_line.serve.server import uvicorn_config
from schemas.api.customer import PostedMessage, PostMessage

__all__ = ["serve_baseline"]

_decoder = msgspec.json.Decoder(PostMessage)


async def _echo(request: Request) -> Response:
    message = _decoder.decode(await request.body())
    answer = msgspec.json.encode(PostedMessage(message.id or "", 1))
    return Response(answer, 201, media_type="application/json")


def serve_baseline() -> None:
    """Serves ``POST /echo`` on a free loopback port, which it prints."""
    application = Starlette(routes=[Route("/echo", _echo, methods=["POST"])])
    listening = socket.create_server(("127.0.0.1", 0), backlog=2048)
    print(f"baseline serves http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
    server = uvicorn.Server(uvicorn_config(application, Settings()))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(server.serve(sockets=[listening]))


if __name__ == "__main__":
    serve_baseline()
