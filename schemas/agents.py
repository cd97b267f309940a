"""The part of an agent's configuration that a login carries, as it was at that time."""

from typing import Annotated

import msgspec

from schemas.configuration.items import AttributeValue
from schemas.personal import Personal

__all__ = ["AgentSettings", "MrdSettings"]


class MrdSettings(msgspec.Struct, frozen=True, omit_defaults=True):
    """One MRD of the agent: the most tasks held in it, and whether others may interrupt it."""

    max_tasks: int
    interruptible: bool = True


class AgentSettings(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    name: Annotated[str, Personal]
    mrds: dict[str, MrdSettings]
    attributes: dict[str, AttributeValue] = {}
