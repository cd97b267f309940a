"""The Admin API's endpoints."""

from collections.abc import Iterator
from typing import NamedTuple

from gateways.api.admin import agents_csv, criteria, history, items, keys, webhooks, whole_configuration
from gateways.api.csv_file import DELIMITER
from gateways.api.path_parameters import AGENT_NAME, EVENT_ID, ITEM_NAME, WEBHOOK_ID
from gateways.http.endpoints import Endpoint, Feed, QueryParameter
from schemas.configuration import TABLES, TableName, Tables

__all__ = ["ENDPOINTS"]

_BASE = "/admin/v1"
_CONFLICT = "configuration_conflict"
_MEANWHILE = "changed_meanwhile"
_CHANGED = "configuration_changed"
_BEHIND = ("not_built", "report_behind", "reports_unavailable")
_PAGE = (
    QueryParameter("after", "The name after which to go on."),
    QueryParameter("limit", "The most items to answer.", "integer", minimum=1),
)


class _Words(NamedTuple):
    """Programs call an item by its ``noun``; people read ``one`` and ``many``."""

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
    "webhooks": _Words("webhook", "a webhook", "webhooks"),
}


def _of_table(table: TableName) -> Iterator[Endpoint]:
    words, path = _WORDS[table], f"{_BASE}/{table.replace('_', '-')}"
    one = f"{path}/{{name}}"
    yield Endpoint(
        method="GET",
        path=path,
        handler=items.listing(table),
        summary=f"List the {words.many}",
        access="supervisor",
        query=_PAGE,
    )
    yield Endpoint(
        method="GET",
        path=one,
        path_parameters=(ITEM_NAME,),
        handler=items.reading(table, words.noun),
        summary=f"Read {words.one}",
        access="supervisor",
        versioned="item",
        errors=("not_found",),
    )
    yield Endpoint(
        method="PUT",
        path=one,
        path_parameters=(ITEM_NAME,),
        handler=items.configuring(table, words.noun),
        audited="key_changed" if table == "api_keys" else None,
        summary=f"Configure {words.one}",
        access="administrator",
        also=(201,),
        replays=True,
        versioned="item",
        errors=(_CONFLICT, _MEANWHILE),
    )
    yield Endpoint(
        method="DELETE",
        path=one,
        path_parameters=(ITEM_NAME,),
        handler=items.removing(table, words.noun),
        audited="key_removed" if table == "api_keys" else None,
        summary=f"Remove {words.one}",
        access="administrator",
        status=204,
        versioned="item",
        errors=("not_found", "invalid_input", _CONFLICT, _MEANWHILE),
    )


ENDPOINTS: tuple[Endpoint | Feed, ...] = (
    *(endpoint for table in TABLES for endpoint in _of_table(table)),
    Endpoint(
        method="POST",
        path=f"{_BASE}/api-keys/{{name}}",
        path_parameters=(ITEM_NAME,),
        handler=keys.make_key,
        audited="key_created",
        summary="Make an API key",
        access="administrator",
        status=201,
        errors=(_CONFLICT,),
    ),
    Endpoint(
        method="GET",
        path=f"{_BASE}/scopes",
        handler=keys.scopes,
        summary="List the scopes of API keys",
        access="supervisor",
    ),
    Endpoint(
        method="POST",
        path=f"{_BASE}/criteria/check",
        handler=criteria.check_criterion_text,
        summary="Check a criterion",
        access="administrator",
    ),
    Endpoint(
        method="PUT",
        path=f"{_BASE}/agents/{{name}}/password",
        path_parameters=(AGENT_NAME,),
        handler=keys.set_password,
        audited="password_changed",
        summary="Set an agent's password",
        access="administrator",
        status=204,
        errors=("accounts_unavailable", "not_found"),
    ),
    Endpoint(
        method="POST",
        path=f"{_BASE}/webhooks/{{webhook_id}}/rotate-secret",
        path_parameters=(WEBHOOK_ID,),
        handler=webhooks.rotate_webhook_secret,
        audited="webhook_secret_rotated",
        summary="Make a new secret for a webhook",
        access="administrator",
        errors=("not_found", _CONFLICT),
    ),
    Endpoint(
        method="GET",
        path=f"{_BASE}/configuration",
        handler=whole_configuration.configuration,
        summary="Export the whole configuration",
        access="administrator",
        query=(QueryParameter("format", "toml or json; toml without.", values=("toml", "json")),),
        media=("application/toml", "application/json"),
        versioned="whole",
    ),
    Endpoint(
        method="PUT",
        path=f"{_BASE}/configuration",
        handler=whole_configuration.import_configuration,
        summary="Import a configuration",
        access="administrator",
        takes=("application/toml", "application/json"),
        takes_json=Tables,
        query=(
            QueryParameter("replace", "Whether to remove what the body does not hold.", "boolean"),
            QueryParameter("check", "Whether to find out only what the import would come to.", "boolean"),
        ),
        replays=True,
        versioned="whole",
        errors=("malformed_toml", "malformed_json", "unsupported_media_type", _CHANGED, _CONFLICT),
    ),
    Endpoint(
        method="GET",
        path=f"{_BASE}/history",
        handler=history.history,
        summary="List the changes of the configuration",
        access="administrator",
        query=(
            QueryParameter("kind", "The table of the changed items.", values=tuple(TABLES)),
            QueryParameter("name", "The name of the changed item."),
            QueryParameter("changed_by", "The one who made the change, as `actor` names it."),
            QueryParameter("correlation_id", "What was changed at once."),
            QueryParameter("before", "The version before which to go on.", "integer", minimum=1),
            QueryParameter("limit", "The most changes to answer.", "integer", minimum=1),
        ),
        errors=_BEHIND,
    ),
    Endpoint(
        method="POST",
        path=f"{_BASE}/history/{{event_id}}/undo",
        path_parameters=(EVENT_ID,),
        handler=history.undo,
        audited="change_undone",
        summary="Undo a change of the configuration",
        access="administrator",
        replays=True,
        versioned="undone",
        errors=("invalid_input", _CONFLICT, _MEANWHILE, *_BEHIND),
    ),
    Endpoint(
        method="GET",
        path=f"{_BASE}/agents.csv",
        handler=agents_csv.agents_csv,
        summary="Export the agents as CSV",
        access="supervisor",
        query=(DELIMITER,),
        media=("text/csv",),
        versioned="whole",
    ),
    Endpoint(
        method="PUT",
        path=f"{_BASE}/agents.csv",
        handler=agents_csv.import_agents_csv,
        summary="Import agents from CSV",
        access="administrator",
        takes=("text/csv",),
        replays=True,
        versioned="whole",
        errors=(_CONFLICT, _CHANGED),
    ),
)
