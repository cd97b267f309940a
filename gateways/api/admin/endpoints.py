"""The Admin API's endpoints."""

from collections.abc import Iterator
from typing import NamedTuple

from gateways.api.admin import agents_csv, items, keys, whole
from gateways.http.endpoints import Endpoint, Feed, QueryParameter
from schemas.api.admin import PAGES, ImportResult, NewKey, NewKeyRequest, PasswordRequest, ShownKey
from schemas.configuration import TABLES, TableName, Tables

__all__ = ["ENDPOINTS"]

_BASE = "/admin/v1"
_CONFLICT = "409 configuration_conflict"
_PAGE = (
    QueryParameter("after", "The name after which to go on."),
    QueryParameter("limit", "The most items to answer.", "integer"),
)


class _Words(NamedTuple):
    """``noun`` is how a program names one of them, ``one`` and ``many`` how a person does."""

    noun: str
    one: str
    many: str


_WORDS: dict[TableName, _Words] = {
    "attributes": _Words("attribute", "an attribute", "attributes"),
    "mrds": _Words("mrd", "a media routing domain", "media routing domains"),
    "calendars": _Words("calendar", "a calendar", "calendars"),
    "queues": _Words("queue", "a queue", "queues"),
    "bots": _Words("bot", "a bot", "bots"),
    "channels": _Words("channel", "a channel", "channels"),
    "reason_codes": _Words("reason_code", "a reason code", "reason codes"),
    "wrap_up_codes": _Words("wrap_up_code", "a wrap-up code", "wrap-up codes"),
    "canned_messages": _Words("canned_message", "a canned message", "canned messages"),
    "agents": _Words("agent", "an agent", "agents"),
    "teams": _Words("team", "a team", "teams"),
    "api_keys": _Words("api_key", "an API key", "API keys"),
}


def _of_table(table: TableName) -> Iterator[Endpoint]:
    words, path = _WORDS[table], f"{_BASE}/{table.replace('_', '-')}"
    shown = ShownKey if table == "api_keys" else TABLES[table]
    one = f"{path}/{{name}}"
    yield Endpoint("GET", path, items.listing(table), f"List the {words.many}", "supervisor", PAGES[table], query=_PAGE)
    yield Endpoint(
        "GET",
        one,
        items.reading(table, words.noun),
        f"Read {words.one}",
        "supervisor",
        shown,
        errors=("404 not_found",),
    )
    yield Endpoint(
        "PUT",
        one,
        items.configuring(table, words.noun),
        f"Configure {words.one}",
        "administrator",
        shown,
        request=TABLES[table],
        errors=(_CONFLICT,),
        also=(201,),
    )
    yield Endpoint(
        "DELETE",
        one,
        items.removing(table, words.noun),
        f"Remove {words.one}",
        "administrator",
        None,
        204,
        errors=("404 not_found", "422 invalid_input", _CONFLICT),
    )


ENDPOINTS: tuple[Endpoint | Feed, ...] = (
    *(endpoint for table in TABLES for endpoint in _of_table(table)),
    Endpoint(
        "POST",
        f"{_BASE}/api-keys/{{name}}",
        keys.make_key,
        "Make an API key",
        "administrator",
        NewKey,
        201,
        NewKeyRequest,
        errors=(_CONFLICT,),
    ),
    Endpoint(
        "PUT",
        f"{_BASE}/agents/{{name}}/password",
        keys.set_password,
        "Set an agent's password",
        "administrator",
        None,
        204,
        PasswordRequest,
        errors=("404 not_found",),
    ),
    Endpoint(
        "GET",
        f"{_BASE}/configuration",
        whole.configuration,
        "Export the whole configuration",
        "administrator",
        Tables,
        query=(QueryParameter("format", "toml or json"),),
        media=("application/toml", "application/json"),
    ),
    Endpoint(
        "PUT",
        f"{_BASE}/configuration",
        whole.import_configuration,
        "Import a configuration",
        "administrator",
        ImportResult,
        query=(QueryParameter("replace", "Whether to remove what the body does not hold.", "boolean"),),
        takes=("application/toml", "application/json"),
        errors=(
            "400 malformed_toml",
            "400 malformed_json",
            "415 unsupported_media_type",
            "412 configuration_changed",
            _CONFLICT,
        ),
    ),
    Endpoint(
        "GET",
        f"{_BASE}/agents.csv",
        agents_csv.agents_csv,
        "Export the agents as CSV",
        "supervisor",
        str,
        media=("text/csv",),
    ),
    Endpoint(
        "PUT",
        f"{_BASE}/agents.csv",
        agents_csv.import_agents_csv,
        "Import agents from CSV",
        "administrator",
        ImportResult,
        takes=("text/csv",),
        errors=(_CONFLICT,),
    ),
)
