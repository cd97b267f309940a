"""Calls of the Graph API, and the errors in their answers.

Source: Meta for Developers, "Graph API: Handle errors".
"""

from typing import Any
from urllib.parse import urlencode

import msgspec

from gateways.connectors.channels.calling import ProviderAnswer, call_provider
from gateways.connectors.channels.connector import Line
from gateways.connectors.channels.graph.signature import call_proof
from schemas.configuration.connectors.graph import GraphSettings

__all__ = ["SUCCESS", "GraphError", "call_graph", "error_of", "field_of"]

SUCCESS = range(200, 300)


class GraphError(msgspec.Struct, frozen=True, kw_only=True):
    """The part of an error that says what kind it is. Its words are left out: they may repeat tokens and texts."""

    code: int
    error_subcode: int | None = None
    is_transient: bool = False

    @property
    def name(self) -> str:
        """The code, with its subcode where there is one, such as ``10/2018278``."""
        return f"{self.code}" if self.error_subcode is None else f"{self.code}/{self.error_subcode}"


class _Refusal(msgspec.Struct, frozen=True):
    error: GraphError


async def call_graph(
    line: Line[Any],
    method: str,
    path: str,
    *,
    query: dict[str, str] | None = None,
    token: str | None = None,
    json: Any = None,
    data: Any = None,
) -> ProviderAnswer:
    """Calls ``path`` with the channel's access token, or with ``token``, which is never in the address. Raises
    NotReachedError, AnswerLostError and SettingsError."""
    settings: GraphSettings = line.settings
    token = token or line.secrets.named(settings.access_token)
    asked = dict(query or {})
    if settings.prove_calls:
        asked["appsecret_proof"] = call_proof(line.secrets.named(settings.app_secret), token)
    address = f"{settings.base_url.rstrip('/')}/{settings.version}/{path}"
    return await call_provider(
        line.http,
        method,
        f"{address}?{urlencode(asked)}" if asked else address,
        headers={"Authorization": f"Bearer {token}"},
        json=json,
        data=data,
    )


def error_of(answer: ProviderAnswer) -> GraphError | None:
    """The error in the body, if it is one of the Graph API's."""
    try:
        return msgspec.json.decode(answer.body, type=_Refusal).error
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


def field_of(value: Any, *path: str | int) -> Any:
    """What stands at the path in a decoded answer; None where it does not lead anywhere."""
    for step in path:
        if isinstance(step, int):
            value = value[step] if isinstance(value, list) and step < len(value) else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value
