"""The secrets that items of the configuration give by name."""

from typing import Any

import pytest

from config import Secrets, Settings, SettingsError, load_settings

_TEXT = "a text that nobody guesses"


def test_secrets_come_from_the_file_or_the_environment() -> None:
    base = {"secrets": {"web_identity": _TEXT, "hook": "is-overridden-below"}}

    secrets = load_settings(base=base, environment={"HYBRIDCHAT__SECRETS__HOOK": "0123456789012345"}).secrets

    assert secrets.named("web_identity") == _TEXT
    assert secrets.named("hook") == "0123456789012345"
    assert "hook" in secrets
    assert "other" not in secrets


def test_a_missing_secret_is_named_with_its_variable() -> None:
    with pytest.raises(SettingsError, match=r"secrets\.hook is not set.*HYBRIDCHAT__SECRETS__HOOK"):
        Settings().secrets.named("hook")


def test_the_texts_of_secrets_are_not_printed() -> None:
    settings = load_settings(base={"secrets": {"hook": _TEXT}}, environment={})

    assert _TEXT not in f"{settings!r} {settings.secrets} {settings.secrets!r}"
    assert repr(Secrets({"hook": _TEXT})) == "Secrets(hook)"


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ({"hook": "short-and-known"}, "hook must be a text of at least 16 characters"),
        ({"hook": 1234567890123456}, "hook must be a text"),
        ({"a-hook": _TEXT}, "the name 'a-hook' must be"),
        ({"a__hook": _TEXT}, "the name 'a__hook' must be"),
        (_TEXT, "secrets: Expected a table of names and texts"),
    ],
)
def test_a_wrong_secret_is_named_without_its_text(section: Any, message: str) -> None:
    with pytest.raises(SettingsError, match=message) as raised:
        load_settings(base={"secrets": section}, environment={})
    assert "short-and-known" not in str(raised.value)
    assert _TEXT not in str(raised.value)
