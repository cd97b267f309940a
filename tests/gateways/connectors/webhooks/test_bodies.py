"""What is sent of an event, whatever version it was recorded in, and how its signature comes out."""

from typing import Any

import msgspec

from config.named_secrets import signing_key
from gateways.connectors.standard_webhooks import signature_headers
from gateways.connectors.webhooks.bodies import event_body
from gateways.inspection.masking import MASK
from schemas.events import REGISTRY
from schemas.events.upcasters import RENAMED
from schemas.records import Record
from tests.gateways.connectors.webhooks.conftest import FORMER_SECRET, SECRET


def recorded(type_: str, version: int, data: bytes) -> Record:
    return Record(
        stream="agent-alice",
        version=2,
        event_id="0193b1f0-9a40-7c3a-8f21-5b7e4d0c0001",
        type=type_,
        at="2026-11-22T10:00:00.000000Z",
        schema_version=version,
        correlation_id="correlation",
        causation_id="",
        actor="agent:alice",
        data=data,
        position=7,
    )


def sent(record: Record, *, personal: bool = False) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(event_body(record, REGISTRY.decode(record), personal=personal))
    return found


def test_an_event_of_a_former_name_has_its_name_of_today() -> None:
    data = b'{"task_id":"t","conversation_id":"c","mrd":"chat","queue":"support","direction":"monitor"}'
    (former,) = (name for name, today in RENAMED.items() if today == "TaskAssignedDirectly")
    event = sent(recorded(former, 1, data))
    assert (event["type"], event["data"]["task_id"]) == ("TaskAssignedDirectly", "t")
    assert "causationid" not in event, "CloudEvents knows no empty texts"


def test_an_event_of_a_former_version_is_of_the_version_of_today() -> None:
    data = b'{"agent_id":"alice","name":"Alice","mrds":{"chat":2},"logged_in_at":"2026-11-22T10:00:00.000000Z"}'
    event = sent(recorded("AgentLoggedIn", 1, data), personal=True)
    assert (event["schemaversion"], event["data"]["mrds"]["chat"]["max_tasks"]) == (2, 2)
    assert event["data"]["name"] == "Alice"
    assert sent(recorded("AgentLoggedIn", 1, data))["data"]["name"] == MASK


def test_a_call_is_signed_as_the_libraries_sign_it_with_both_secrets() -> None:
    """The signatures were made by standardwebhooks 1.1.0 in Python, and alike by 1.1.1 in JavaScript."""
    event_id = "0193b1f0-9a40-7c3a-8f21-5b7e4d0c0001"
    body = f'{{"specversion":"1.0","id":"{event_id}","type":"ConversationEnded","data":{{"text":"Grüße 😀"}}}}'.encode()
    headers = signature_headers(signing_key(SECRET), event_id, 1795341600, body, signing_key(FORMER_SECRET))
    assert headers["webhook-signature"] == (
        "v1,bbzr69hUp2JY1mOwtsH76RLPl2tmVnckCdf6wyrBub8= v1,CGNqebr75vwZIVxeIe2iCHHHkUlGoOzfJq7or2I8/dY="
    )
