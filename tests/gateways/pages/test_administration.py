"""The administration knows every field of every kind of item, and has words for all of them."""

import json
import subprocess
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from schemas.configuration import TABLES, Scope, TableName
from schemas.configuration.canned_variables import CANNED_VARIABLES
from schemas.configuration.connectors import ChannelConnector, ConnectorSettings
from schemas.configuration.items import Role
from schemas.customer_texts import CustomerTextName
from tests.node import node_program

_ADMIN = Path(__file__).parents[3] / "gateways" / "pages" / "admin"


def exported(script: str) -> Any:
    """What a script of the administration exports, apart from its functions."""
    program = "import(process.argv[1]).then((exported) => console.log(JSON.stringify(exported)))"
    command = [str(node_program()), "-e", program, str(_ADMIN / script)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.fixture(scope="module")
def kinds() -> dict[str, Any]:
    return {kind["key"]: kind for kind in exported("kinds.js")["KINDS"]}


@pytest.fixture(scope="module")
def words() -> dict[str, Any]:
    english: dict[str, Any] = exported("words/en.js")["WORDS"]
    return english


def test_the_languages_have_the_same_words(words: dict[str, Any]) -> None:
    german = exported("words/de.js")["WORDS"]
    assert list(german) == list(words) == sorted(words)
    assert {key for key in words if isinstance(words[key], str) != isinstance(german[key], str)} == set()


@pytest.mark.parametrize("table", TABLES)
def test_every_field_of_a_kind_can_be_filled_in(kinds: dict[str, Any], words: dict[str, Any], table: TableName) -> None:
    kind = kinds[table]
    fields = [field["path"] for section in kind["sections"] for field in section["fields"]]
    expected = [] if table == "api_keys" else list(TABLES[table].__struct_fields__)
    assert sorted(fields) == sorted(expected)
    assert kind["schema"] == TABLES[table].__name__
    assert {f"{word}.{table}" for word in ("kind", "one", "about")} <= words.keys()
    assert [field for field in fields if not {f"field.{field}", f"field.{table}.{field}"} & words.keys()] == []


@pytest.mark.parametrize("table", TABLES)
def test_every_choice_has_words(words: dict[str, Any], table: TableName) -> None:
    schema = msgspec.json.schema(TABLES[table])["$defs"][TABLES[table].__name__]
    chosen = {path: described.get("enum", []) for path, described in schema["properties"].items()}
    assert [
        f"option.{path}.{each}" for path in chosen for each in chosen[path] if f"option.{path}.{each}" not in words
    ] == []


@pytest.mark.parametrize("settings", get_args(ChannelConnector))
def test_every_setting_of_a_connector_has_words(words: dict[str, Any], settings: type[ConnectorSettings]) -> None:
    kind = settings.__struct_config__.tag
    schema = msgspec.json.schema(settings)["$defs"][settings.__name__]["properties"]
    assert {f"option.connector.type.{kind}", f"connector.where.{kind}"} <= words.keys()
    for field in settings.__struct_fields__:
        for use in ("field", "hint"):
            assert {f"{use}.connector.{kind}.{field}", f"{use}.connector.{field}"} & words.keys(), (use, field)
        options = {f"option.connector.{field}.{each}" for each in schema[field].get("enum", [])}
        assert options <= words.keys()


@pytest.mark.parametrize("settings", get_args(ChannelConnector))
def test_the_secrets_of_a_connector_are_told_by_their_descriptions(settings: type[ConnectorSettings]) -> None:
    """By these the page knows where the name of a secret goes."""
    schema = msgspec.json.schema(settings)["$defs"][settings.__name__]["properties"]
    named = {field for field, described in schema.items() if "[secrets]" in str(described.get("anyOf", described))}
    assert {*settings.SECRETS, *settings.SIGNING_SECRETS} == named - {"signing_keys"}


def test_roles_scopes_texts_and_variables_have_words(words: dict[str, Any]) -> None:
    assert sorted(exported("kinds.js")["SCOPES"]) == sorted(get_args(Scope))
    expected = {
        *(f"scope.{scope}" for scope in get_args(Scope)),
        *(f"option.role.{role}" for role in get_args(Role)),
        *(f"option.texts.{name}" for name in get_args(CustomerTextName)),
        *(f"variable.{name}" for name in CANNED_VARIABLES),
        *(f"sample.{name}" for name in CANNED_VARIABLES),
    }
    assert expected - words.keys() == set()
