"""What does not fit together in the settings of connectors."""

import msgspec

from schemas.configuration import Tables
from schemas.configuration.checks import faults
from schemas.field_errors import FieldError


def _faults(connector: dict[str, str], kind: str = "connector") -> list[FieldError]:
    channel = {"queue": "support", "kind": kind, "connector": connector}
    tables = {"mrds": {"chat": {}}, "queues": {"support": {"mrd": "chat"}}, "channels": {"telegram": channel}}
    return faults(msgspec.convert(tables, Tables))


def test_a_webhook_of_telegram_needs_a_secret() -> None:
    assert _faults({"type": "telegram", "token": "bot_token"}) == [
        FieldError(
            "channels.telegram.connector.webhook_secret", 'is missing; name a secret, or set updates = "polling"'
        )
    ]
    assert _faults({"type": "telegram", "token": "bot_token", "webhook_secret": "webhook"}) == []
    assert _faults({"type": "telegram", "token": "bot_token", "updates": "polling"}) == []


def test_a_connector_belongs_to_a_channel_of_its_kind() -> None:
    [fault] = _faults({"type": "telegram", "token": "bot_token", "updates": "polling"}, kind="task")
    assert fault.path == "channels.telegram.connector"
