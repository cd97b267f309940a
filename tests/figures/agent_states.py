"""Agent state detail."""

from pathlib import Path
from typing import Any

from tests.figures.asked import Asked
from tests.figures.spells import Spell, spells

__all__ = ["facts", "figures"]


def facts(journal: Path) -> list[Spell]:
    return spells(journal)


def figures(facts: list[Spell], asked: Asked) -> list[dict[str, Any]]:
    return [
        {
            "agent_id": spell.agent_id,
            "mrd": spell.mrd,
            "state": spell.state,
            "reason": spell.reason,
            "from": spell.begin,
            "to": spell.end,
            "duration": ((spell.end or asked.as_of) - spell.begin).total_seconds(),
        }
        for spell in facts
        if spell.begin < asked.to
        and (spell.end is None or spell.end > asked.from_)
        and asked.wants(agent=spell.agent_id, team=spell.team, mrd=spell.mrd)
    ]
