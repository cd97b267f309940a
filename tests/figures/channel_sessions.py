"""Channel session detail."""

from pathlib import Path
from typing import Any

from tests.figures.asked import Asked
from tests.figures.recording import recorded

__all__ = ["facts", "figures"]

Session = dict[str, Any]


def facts(journal: Path) -> list[Session]:
    found: list[Session] = []
    last: dict[str, Session] = {}
    for event in recorded(journal, "ConversationStarted", "CustomerReturned", "ConversationEnded"):
        before = last.get(event.entity)
        if event.type == "ConversationEnded":
            assert before is not None
            before |= {"ended_at": event.at, "disposition": event.data["reason"]}
            continue
        if before is None:
            session = _customer(event.data) | {"conversation_id": event.entity, "number": 1}
        else:
            before |= {"ended_at": event.at, "disposition": "returned"}
            session = before | {"number": before["number"] + 1}
        session |= {"started_at": event.at, "ended_at": None, "disposition": None}
        last[event.entity] = session
        found.append(session)
    return found


def _customer(data: dict[str, Any]) -> Session:
    known = data["customer"]
    fields = {f"customer_{name}": known.get(name) for name in ("id", "name", "email", "phone")}
    fields["customer_verified"] = known.get("verified", False)
    return {"channel": data["channel"], "language": data["language"], **fields}


def figures(facts: list[Session], asked: Asked) -> list[dict[str, Any]]:
    return [
        session | {"duration": ((session["ended_at"] or asked.as_of) - session["started_at"]).total_seconds()}
        for session in facts
        if asked.holds(session["started_at"]) and asked.wants(channel=session["channel"])
    ]
