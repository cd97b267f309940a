"""Webhooks of Messenger and Instagram, in the form of Meta's documentation."""

from typing import Any

__all__ = ["CUSTOMER", "MID", "PAGE", "body_with", "event", "message"]

PAGE = "1906385232743451"
CUSTOMER = "6950814898295511"
MID = "m_0LlkUKTIoVlF9aC8W0mTkJnDUwRMsVQwLZXY8FwZ0PsZ"


def event(**content: Any) -> dict[str, Any]:
    return {"sender": {"id": CUSTOMER}, "recipient": {"id": PAGE}, "timestamp": 1749416383123, **content}


def message(**content: Any) -> dict[str, Any]:
    return event(message={"mid": MID, **content})


def body_with(*events: Any, object_: str = "page", **entry: Any) -> dict[str, Any]:
    return {"object": object_, "entry": [{"id": PAGE, "time": 1749416383999, "messaging": list(events), **entry}]}
