"""Agents as CSV, one a line, for spreadsheets and other systems."""

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping

import msgspec

from gateways.api.admin.versions import etag, whole_version_asked_for
from gateways.api.admin.whole_configuration import MAX_IMPORTED, import_result
from gateways.api.call import Call
from gateways.api.csv_file import COMMA, CSV_TYPE, FORMS, CsvForm, csv_form, csv_head, csv_lines
from gateways.api.spreadsheets import unquoted
from gateways.configuration.changing import import_tables
from gateways.exceptions import invalid_field, invalid_fields
from gateways.http.answer import Answer
from schemas.api.admin import ImportResult
from schemas.configuration import Agent, Tables
from schemas.faults import faults_of
from schemas.field_errors import FieldError
from schemas.identifiers import ConfiguredName
from schemas.nul import nul_faults

__all__ = ["COLUMNS", "agents_csv", "import_agents_csv", "read_agents", "write_agents"]

COLUMNS = ("username", "name", "role", "team", "mrds", "attributes", "email")

_DISABLED = "disabled"
"""The column that only a file with a disabled agent has."""
_BETWEEN = ";"
_FLAGS = {"true": True, "false": False, "": False}
_MAX_ERRORS = 50


async def agents_csv(call: Call) -> Answer[str]:
    """The columns are username, name, role, team, mrds, attributes, email, and disabled if an agent is. A cell that a
    spreadsheet would evaluate or change begins with an apostrophe, which the import takes away. The ``ETag`` is the
    version of the whole configuration."""
    configuration = call.services.configuration
    agents = write_agents(configuration.agents, csv_form(call))
    return Answer(agents.encode(), media=CSV_TYPE, headers=etag(configuration.version))


async def import_agents_csv(call: Call) -> Answer[ImportResult]:
    """Adds new agents and replaces existing ones, all or none. Agents that are not in the file stay, and without the
    column disabled those who are disabled stay so. With ``If-Match`` the import is refused when the configuration has
    changed since the answer that had this ``ETag``."""
    based_on = whole_version_asked_for(call)
    disabled = {name for name, agent in call.services.configuration.agents.items() if agent.disabled}
    agents = read_agents(await call.read(MAX_IMPORTED), disabled)
    tables, actor = Tables(agents=agents), call.principal.actor
    return import_result(await import_tables(call.services, tables, actor, based_on=based_on))


def write_agents(agents: Mapping[str, Agent], form: CsvForm = COMMA) -> str:
    columns = (*COLUMNS, _DISABLED) if any(agent.disabled for agent in agents.values()) else COLUMNS
    rows = (_cells(username, agent)[: len(columns)] for username, agent in sorted(agents.items()))
    return csv_head(columns, form) + csv_lines(rows, form)


def _cells(username: str, agent: Agent) -> list[str]:
    attributes = [f"{name}={str(value).lower()}" for name, value in agent.attributes.items()]
    return [
        username,
        agent.name,
        agent.role,
        agent.team or "",
        _BETWEEN.join(agent.mrds),
        _BETWEEN.join(attributes),
        agent.email or "",
        "true" if agent.disabled else "",
    ]


def read_agents(content: bytes, disabled: Collection[str] = ()) -> dict[str, Agent]:
    """``disabled`` are the agents who are disabled if the file does not say who is. Raises RefusedError, which names
    each line and column at fault."""
    agents: dict[str, Agent] = {}
    errors: list[FieldError] = []
    for line, cells in _rows(content):
        username = cells["username"].strip()
        cells.setdefault(_DISABLED, "true" if username in disabled else "")
        found = [*_username_faults(username, agents), *_agent_faults(cells)]
        errors += [FieldError(f"line {line}, {fault.path}", fault.message) for fault in found]
        if not found:
            agents[username] = msgspec.convert(_values(cells), Agent)
    if errors:
        raise invalid_fields(errors[:_MAX_ERRORS])
    return agents


def _rows(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    text = _text(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    header: list[str] | None = None
    try:
        for row in reader:
            if not row:
                continue
            if header is None:
                header = _header(row)
            elif len(row) != len(header):
                message = f"has {len(row)} cells and not {len(header)}; quote a cell that holds a comma"
                raise invalid_field(f"line {reader.line_num}", message)
            else:
                yield reader.line_num, {name: unquoted(cell) for name, cell in zip(header, row, strict=True)}
    except csv.Error as error:
        raise invalid_field(f"line {reader.line_num}", f"is not valid CSV: {error}") from None
    if header is None:
        raise invalid_field("line 1", f"is missing; it names the columns {','.join(COLUMNS)}")


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise invalid_field(f"line {line}", "is not UTF-8; save the file as CSV UTF-8") from None


def _delimiter(text: str) -> str:
    """The delimiter of the first line: spreadsheets save with the one of their country."""
    header = text.lstrip().partition("\n")[0]
    return max((form.delimiter for form in FORMS.values()), key=header.count)


def _header(row: list[str]) -> list[str]:
    if sorted(row) not in (sorted(COLUMNS), sorted((*COLUMNS, _DISABLED))):
        raise invalid_field(
            "line 1", f"must name the columns {','.join(COLUMNS)}, separated by commas, semicolons or tabs"
        )
    return row


def _username_faults(username: str, agents: Mapping[str, Agent]) -> list[FieldError]:
    if username in agents:
        return [FieldError("username", f"{username!r} is there twice")]
    return faults_of(username, ConfiguredName, "username")


def _agent_faults(cells: Mapping[str, str]) -> list[FieldError]:
    """The faults of a line's cells, each at its column."""
    unreadable = [
        FieldError("attributes", f"{text[:64]!r} is none such as english=8 or sales=true")
        for text in _parts(cells["attributes"])
        if _attribute(text) is None
    ]
    found = faults_of(_values(cells), Agent) or nul_faults(_values(cells))
    return unreadable + [FieldError(re.split(r"[.[]", fault.path)[0], fault.message) for fault in found]


def _values(cells: Mapping[str, str]) -> dict[str, object]:
    return {
        "name": cells["name"],
        "role": cells["role"].strip() or "agent",
        "team": cells["team"].strip() or None,
        "mrds": _parts(cells["mrds"]),
        "attributes": dict(filter(None, map(_attribute, _parts(cells["attributes"])))),
        "email": cells["email"] or None,
        "disabled": _FLAGS.get(cells[_DISABLED].strip().lower(), cells[_DISABLED]),
    }


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(_BETWEEN) if part.strip()]


def _attribute(text: str) -> tuple[str, bool | int] | None:
    """The attribute that a text such as ``english=8`` names, with its value; None if it cannot be read."""
    name, separator, value = (part.strip() for part in text.partition("="))
    if value.lower() in ("true", "false"):
        return name, value.lower() == "true"
    if not separator or not (value.isascii() and value.isdigit() and len(value) < 3):
        return None
    return name, int(value)
