"""What a contact centre configures: each thing by its table, under a name of its own."""

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
    Overflow,
    Queue,
    ReasonCode,
    Role,
    Scope,
    Step,
    Team,
    WrapUpCode,
)
from schemas.configuration.reading import items_of, read_tables
from schemas.configuration.tables import TABLES, TableName, Tables, table_of

__all__ = [
    "TABLES",
    "Agent",
    "ApiKey",
    "Attribute",
    "Bot",
    "Calendar",
    "CannedMessage",
    "Channel",
    "Item",
    "Mrd",
    "Overflow",
    "Queue",
    "ReasonCode",
    "Role",
    "Scope",
    "Step",
    "TableName",
    "Tables",
    "Team",
    "WrapUpCode",
    "items_of",
    "read_tables",
    "table_of",
]
