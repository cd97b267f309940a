"""The registry, which reads records of every version as events."""

from datetime import datetime
from typing import Any, ClassVar

import pytest

from schemas.events import REGISTRY, AgentLoggedOut, Event, EventRegistry, TaskOffered
from schemas.exceptions import UndecodableEventError, UnknownEventTypeError
from schemas.instants import Instant
from schemas.records import NewRecord
from tests.examples import NOW


class Greeted(Event, frozen=True, kw_only=True):
    """Version 1 had ``name``; version 2 ``names``; version 3 has ``since`` too."""

    VERSION: ClassVar[int] = 3

    names: list[str]
    since: Instant


def _many_names(data: dict[str, Any]) -> dict[str, Any]:
    return {"names": [data["name"]]}


def _since_ever(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "since": "2026-11-22T10:00:00Z"}


UPCASTERS = {("Greeted", 1): _many_names, ("Greeted", 2): _since_ever}
GREETINGS = EventRegistry((Greeted,), UPCASTERS)


def record(data: bytes, schema_version: int = 1, event_type: str = "Greeted") -> NewRecord:
    return NewRecord(
        stream="greeting-1",
        version=7,
        event_id="id",
        type=event_type,
        at="2026-11-22T10:00:00.000000Z",
        schema_version=schema_version,
        correlation_id="correlation",
        causation_id="causation",
        actor="system",
        data=data,
    )


class TestRenamedTypes:
    """A type that was once called Hailed; versions continue across the change of name."""

    REGISTRY = EventRegistry((Greeted,), UPCASTERS, {"Hailed": "Greeted"})

    @pytest.mark.parametrize(
        ("version", "data"),
        [(1, b'{"name": "Ada"}'), (3, b'{"names": ["Ada"], "since": "2026-11-22T10:00:00Z"}')],
    )
    def test_decode_under_the_old_name(self, version: int, data: bytes) -> None:
        assert self.REGISTRY.decode(record(data, version, "Hailed")) == Greeted(names=["Ada"], since=NOW)

    def test_have_one_current_name(self) -> None:
        names = [self.REGISTRY.current_type(record(b"{}", event_type=name)) for name in ("Hailed", "Greeted", "Sung")]
        assert names == ["Greeted", "Greeted", "Sung"]

    def test_have_current_data(self) -> None:
        expected = b'{"names":["Ada"],"since":"2026-11-22T10:00:00Z"}'
        assert self.REGISTRY.current_data(record(b'{"name": "Ada"}', event_type="Hailed")) == expected

    def test_are_encoded_under_the_new_name_alone(self) -> None:
        assert set(self.REGISTRY.types) == {"Greeted"}

    def test_keep_their_place_among_the_recorded_schemas(self) -> None:
        schemas = self.REGISTRY.json_schemas()
        assert schemas["Hailed"] == schemas["Greeted"]

    def test_must_have_become_a_type_that_there_is(self) -> None:
        with pytest.raises(KeyError):
            EventRegistry((Greeted,), UPCASTERS, {"Hailed": "Sung"})


class TestDecoding:
    @pytest.mark.parametrize(
        ("version", "data"),
        [
            (1, b'{"name": "Ada"}'),
            (2, b'{"names": ["Ada"]}'),
            (3, b'{"names": ["Ada"], "since": "2026-11-22T10:00:00Z"}'),
        ],
    )
    def test_brings_every_version_up_to_date(self, version: int, data: bytes) -> None:
        assert GREETINGS.decode(record(data, version)) == Greeted(names=["Ada"], since=NOW)

    def test_refuses_an_unknown_type_and_names_the_place(self) -> None:
        with pytest.raises(UnknownEventTypeError, match=r"greeting-1 version 7.*'Sung'"):
            GREETINGS.decode(record(b"{}", event_type="Sung"))

    @pytest.mark.parametrize(
        ("version", "data"),
        [
            (3, b'{"names": ["Ada"]}'),
            (3, b'{"names": "Ada", "since": "2026-11-22T10:00:00Z"}'),
            (3, b'{"names": ["Ada"], "since": "2026-11-22T10:00:00"}'),
            (3, b"{"),
            (3, b'{"names": ["\xff"], "since": "2026-11-22T10:00:00Z"}'),
            (2, b'{"names": [1]}'),
            (2, b"[]"),
            (1, b'{"names": ["Ada"]}'),
            (1, b"{"),
            (0, b'{"name": "Ada"}'),
        ],
        ids=["lacking", "type", "no offset", "no JSON", "no UTF-8", "old type", "old list", "old lacking", "old", "0"],
    )
    def test_refuses_data_that_do_not_fit_and_names_the_place(self, version: int, data: bytes) -> None:
        with pytest.raises(UndecodableEventError, match="greeting-1 version 7: Greeted"):
            GREETINGS.decode(record(data, version))

    def test_refuses_a_newer_version_and_names_the_fix(self) -> None:
        with pytest.raises(UndecodableEventError, match="newer than this program's 3; upgrade the program"):
            GREETINGS.decode(record(b"{}", 4))

    def test_ignores_fields_that_are_no_more(self) -> None:
        data = b'{"reason": "logout", "once_there_was": 1}'
        assert REGISTRY.decode(record(data, event_type="AgentLoggedOut")) == AgentLoggedOut(reason="logout")


class TestCurrentData:
    def test_is_the_recorded_data_when_their_version_is_current(self) -> None:
        data = b'{"names": ["Ada"],   "since": "2026-11-22T10:00:00Z"}'
        assert GREETINGS.current_data(record(data, 3)) == data

    def test_of_an_older_version_is_brought_up_to_date(self) -> None:
        expected = b'{"names":["Ada"],"since":"2026-11-22T10:00:00Z"}'
        assert GREETINGS.current_data(record(b'{"name": "Ada"}')) == expected

    def test_of_an_unknown_type_is_the_recorded_data(self) -> None:
        assert GREETINGS.current_data(record(b"{}", event_type="Sung")) == b"{}"


class TestRegistering:
    @pytest.mark.parametrize("known", [(), (1,), (2,)])
    def test_needs_an_upcaster_from_every_older_version(self, known: tuple[int, ...]) -> None:
        upcasters = {("Greeted", version): UPCASTERS["Greeted", version] for version in known}
        with pytest.raises(UndecodableEventError, match="Greeted is at version 3 without upcasters"):
            EventRegistry((Greeted,), upcasters)

    def test_holds_every_event_that_can_be_recorded(self) -> None:
        def descendants(cls: type[Event]) -> set[type[Event]]:
            return {cls}.union(*map(descendants, cls.__subclasses__()))

        own = {cls for cls in descendants(Event) - {Event} if cls.__module__.startswith("schemas.")}
        assert set(REGISTRY.types.values()) == own

    def test_shows_every_type_with_its_version(self) -> None:
        schemas = GREETINGS.json_schemas()
        assert schemas["Greeted"]["version"] == 3
        assert set(schemas["Greeted"]["schema"]["$defs"]["Greeted"]["properties"]) == {"names", "since"}

    def test_finds_no_event_with_an_instant_that_may_lack_its_offset(self) -> None:
        naive = {"type": "string"}
        fields = REGISTRY.json_schemas()["TaskOffered"]["schema"]["$defs"]["TaskOffered"]["properties"]
        instants = [name for name, kind in TaskOffered.__annotations__.items() if kind in (Instant, datetime)]
        assert instants == ["offered_at", "expires_at"]
        assert all(fields[name] != naive for name in instants)
