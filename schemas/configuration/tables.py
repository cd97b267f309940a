"""The whole configuration as tables of named items: the shape of the TOML file."""

from typing import Literal, get_args

import msgspec
from msgspec.structs import replace

from schemas.configuration.items import (
    Agent,
    ApiKey,
    Attribute,
    Bot,
    Calendar,
    CannedMessage,
    Channel,
    Item,
    Mrd,
    Queue,
    ReasonCode,
    Team,
    Webhook,
    Weekday,
    WrapUpCode,
)
from schemas.identifiers import ConfiguredName

__all__ = ["TABLES", "TableName", "Tables", "in_order", "table_of"]

TableName = Literal[
    "attributes",
    "mrds",
    "calendars",
    "queues",
    "bots",
    "channels",
    "reason_codes",
    "wrap_up_codes",
    "canned_messages",
    "agents",
    "teams",
    "api_keys",
    "webhooks",
]


class Tables(msgspec.Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The tables, in such an order that each item comes after the items that it names."""

    attributes: dict[ConfiguredName, Attribute] = {}
    mrds: dict[ConfiguredName, Mrd] = {}
    calendars: dict[ConfiguredName, Calendar] = {}
    queues: dict[ConfiguredName, Queue] = {}
    bots: dict[ConfiguredName, Bot] = {}
    channels: dict[ConfiguredName, Channel] = {}
    reason_codes: dict[ConfiguredName, ReasonCode] = {}
    wrap_up_codes: dict[ConfiguredName, WrapUpCode] = {}
    canned_messages: dict[ConfiguredName, CannedMessage] = {}
    agents: dict[ConfiguredName, Agent] = {}
    teams: dict[ConfiguredName, Team] = {}
    api_keys: dict[ConfiguredName, ApiKey] = {}
    webhooks: dict[ConfiguredName, Webhook] = {}


TABLES: dict[TableName, type[Item]] = {
    "attributes": Attribute,
    "mrds": Mrd,
    "calendars": Calendar,
    "queues": Queue,
    "bots": Bot,
    "channels": Channel,
    "reason_codes": ReasonCode,
    "wrap_up_codes": WrapUpCode,
    "canned_messages": CannedMessage,
    "agents": Agent,
    "teams": Team,
    "api_keys": ApiKey,
    "webhooks": Webhook,
}
"""Each table's type, by the table's name."""


def in_order(tables: Tables) -> Tables:
    """The same tables sorted by name, weekdays in their order: equal configurations are written alike, in whatever
    order they were made."""
    named = {table: dict(sorted(getattr(tables, table).items())) for table in TABLES}
    agents = {
        name: replace(agent, attributes=dict(sorted(agent.attributes.items())))
        for name, agent in named["agents"].items()
    }
    calendars = {name: replace(calendar, shifts=_by_weekday(calendar)) for name, calendar in named["calendars"].items()}
    return Tables(**{**named, "agents": agents, "calendars": calendars})


def _by_weekday(calendar: Calendar) -> dict[Weekday, list[str]]:
    return {day: calendar.shifts[day] for day in get_args(Weekday) if day in calendar.shifts}


def table_of(item: Item) -> TableName:
    return _NAMES[type(item)]


_NAMES: dict[type, TableName] = {item_type: name for name, item_type in TABLES.items()}
