"""The whole configuration as one TOML file, or as JSON."""

import asyncio
from collections.abc import Mapping
from typing import Literal

import msgspec
import tomli_w

from gateways.api.admin.toml import read_toml
from gateways.api.admin.versions import etag, whole_version_asked_for
from gateways.api.call import Call
from gateways.configuration.changing import check_import, import_tables
from gateways.exceptions import invalid_fields
from gateways.http.answer import Answer
from gateways.http.problems import Problem
from schemas.api.admin import ImportResult
from schemas.configuration import Tables, in_order, read_tables
from schemas.exceptions import InvalidTablesError
from schemas.field_errors import FieldError
from schemas.replies import ConfigurationReply

__all__ = ["MAX_IMPORTED", "configuration", "import_configuration", "import_result"]

MAX_IMPORTED = 4 * 1024 * 1024
"""The maximum number of bytes of an import, which are some 40,000 agents."""

_TOML = "application/toml"
_JSON = "application/json"


async def configuration(call: Call) -> Answer[Tables]:
    """The answer holds every item by its name, as TOML or, with ``format`` json, as JSON. Instead of API keys it holds
    their digests. The ``ETag`` is the configuration's version."""
    tables = in_order(call.services.configuration.tables)
    version = _present(call)
    if call.query.get("format") == "json":
        return Answer(tables, headers=version)
    text = tomli_w.dumps(msgspec.to_builtins(tables), multiline_strings=False)
    return Answer(text.encode(), media=_TOML, headers=version)


async def import_configuration(call: Call) -> Answer[ImportResult]:
    """All items are imported, or none. Existing items that are not in the body stay, unless ``replace`` is true. With
    ``If-Match`` the import is refused when the configuration has changed since the export that had this ``ETag``. With
    ``check`` true nothing is imported: the answer is what an import would be answered with."""
    replace = call.query.get("replace") == "true"
    text = await call.read(MAX_IMPORTED)
    tables = _tables(await asyncio.to_thread(_decode, text, _media(call)))
    based_on = whole_version_asked_for(call)
    if call.query.get("check") == "true":
        would = await check_import(call.services, tables, replace=replace, based_on=based_on)
        return Answer(ImportResult(would.added, would.changed, would.removed), headers=_present(call))
    reply = await import_tables(call.services, tables, call.principal.actor, replace=replace, based_on=based_on)
    return import_result(reply)


def import_result(reply: ConfigurationReply) -> Answer[ImportResult]:
    """The answer to an import; its ``ETag`` is the version to which the import has brought the configuration."""
    result = ImportResult(reply.added, reply.changed, reply.removed)
    return Answer(result, replayed=reply.replayed, headers=etag(reply.version))


def _present(call: Call) -> tuple[tuple[str, str], ...]:
    """The header that names the configuration's present version."""
    return etag(call.services.configuration.version)


def _media(call: Call) -> Literal["toml", "json"]:
    sent = (call.header(b"content-type") or b"").decode("latin-1").partition(";")[0].strip().lower()
    if sent in (_TOML, "text/plain", ""):
        return "toml"
    if sent == _JSON:
        return "json"
    raise Problem("unsupported_media_type", f"send the configuration as {_TOML} or {_JSON}, not as {sent[:64]}")


def _decode(text: bytes, media: Literal["toml", "json"]) -> object:
    if media == "toml":
        return read_toml(text)
    try:
        return msgspec.json.decode(text)
    except UnicodeDecodeError:
        raise Problem("malformed_json", "the body is not JSON in UTF-8") from None
    except RecursionError:
        raise Problem("malformed_json", "the body nests too deeply") from None


def _tables(values: object) -> Tables:
    if not isinstance(values, Mapping):
        raise invalid_fields([FieldError("", "must be an object of tables")])
    try:
        return read_tables(values)
    except InvalidTablesError as error:
        raise invalid_fields(error.faults) from None
