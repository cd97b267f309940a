"""The secrets of webhooks are kept in a file of their own, and two are valid while receivers change over."""

from contextlib import closing
from pathlib import Path

import pytest

from config.named_secrets import signing_key
from gateways.data_directory import DataFileError
from gateways.identity.webhook_secrets import WebhookSecrets

A_DAY = 24 * 3600


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "webhook-secrets.db"


def test_a_secret_is_as_standard_webhooks_has_it_and_outlasts_the_server(file: Path) -> None:
    with closing(WebhookSecrets(file)) as secrets:
        assert secrets.of("crm") == []
        secret = secrets.make("crm")
        assert len(signing_key(secret)) == 32
    with closing(WebhookSecrets(file)) as secrets:
        assert secrets.of("crm") == [secret]
        assert secrets.make("crm") != secret
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_rotated_secret_is_valid_for_a_day_beside_the_new_one(file: Path) -> None:
    now = 1000.0
    with closing(WebhookSecrets(file, lambda: now)) as secrets:
        first = secrets.make("crm")
        second = secrets.rotate("crm")
        assert second.former_until == now + A_DAY
        now += A_DAY - 1
        assert secrets.of("crm") == [second.secret, first]
        now += 1
        assert secrets.of("crm") == [second.secret]


def test_no_more_than_two_are_valid_at_once(file: Path) -> None:
    with closing(WebhookSecrets(file)) as secrets:
        secrets.make("crm")
        second, third = secrets.rotate("crm").secret, secrets.rotate("crm").secret
        assert secrets.of("crm") == [third, second]


def test_a_webhook_without_a_secret_is_given_one_by_rotating(file: Path) -> None:
    with closing(WebhookSecrets(file)) as secrets:
        secret = secrets.rotate("crm").secret
        assert secrets.of("crm") == [secret]


def test_secrets_of_removed_webhooks_are_removed(file: Path) -> None:
    with closing(WebhookSecrets(file)) as secrets:
        for webhook in ("a", "b", "c"):
            secrets.make(webhook)
        secrets.remove("a")
        secrets.keep_only({"b"})
    with closing(WebhookSecrets(file)) as secrets:
        assert [len(secrets.of(webhook)) for webhook in ("a", "b", "c")] == [0, 1, 0]


def test_a_damaged_file_is_named_with_the_remedy(file: Path) -> None:
    file.write_bytes(b"x" * 4096)
    with pytest.raises(DataFileError, match=r"webhook-secrets.db: .*rotate-secret"):
        WebhookSecrets(file)
