"""Agents as CSV."""

import csv
import io

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.api.admin.agents_csv import COLUMNS, read_agents, write_agents
from gateways.exceptions import RefusedError
from schemas.configuration import Agent
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import Centre
from tests.gateways.clients import Agent as LoggedIn
from tests.schemas.strategies import values_of

HEADER = ",".join(COLUMNS)
DAVE = 'dave,"Dave, D.",agent,service,chat; callback,english=8;sales=TRUE,dave@example.org'


def errors(text: str | bytes) -> list[tuple[str, str]]:
    with pytest.raises(RefusedError) as raised:
        read_agents(text if isinstance(text, bytes) else text.encode())
    return [(error.path, error.message) for error in raised.value.errors]


@pytest.mark.asyncio
class TestOverHttp:
    async def test_importing_an_export_changes_nothing(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        exported = await root.get("/admin/v1/agents.csv")
        assert exported.headers["Content-Type"].startswith("text/csv")
        assert exported.content.splitlines()[1] == b'alice,Alice,agent,service,,"english=9;german=6;sales=true",'
        assert exported.content.startswith(b"\xef\xbb\xbf"), "spreadsheets know UTF-8 by it"
        answer = await root.put_text("agents.csv", exported.content, "text/csv")
        assert (answer.of(200), answer.replayed) == ({"added": 0, "changed": 0, "removed": 0}, True)

    async def test_an_import_leaves_disabled_agents_disabled(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        (await root.put("/admin/v1/agents/bob", {"name": "Bob", "disabled": True})).of(200)
        await root.put_text("agents.csv", f"{HEADER}\nbob,Robert,,,,,".encode(), "text/csv")
        bob = centre.services.configuration.agents["bob"]
        assert (bob.name, bob.disabled) == ("Robert", True)
        await root.put_text("agents.csv", f"{HEADER},disabled\nbob,Robert,,,,,,".encode(), "text/csv")
        assert not centre.services.configuration.agents["bob"].disabled
        assert errors(f"{HEADER},disabled\nbob,Robert,,,,,,perhaps") == [
            ("line 2, disabled", "Expected `bool`, got `str`")
        ]

    @pytest.mark.parametrize(("name", "delimiter"), [("comma", b","), ("semicolon", b";"), ("tab", b"\t")])
    async def test_an_export_in_the_form_of_another_country_is_imported(
        self, centre: Centre, name: str, delimiter: bytes
    ) -> None:
        root = await Administrator.come(centre)
        exported = await root.get(f"/admin/v1/agents.csv?delimiter={name}")
        assert exported.content.splitlines()[0] == b"\xef\xbb\xbf" + delimiter.join(map(str.encode, COLUMNS))
        answer = await root.put_text("agents.csv", exported.content, "text/csv")
        assert (answer.of(200), answer.replayed) == ({"added": 0, "changed": 0, "removed": 0}, True)

    async def test_an_unknown_delimiter_is_refused_with_those_that_there_are(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        details = (await root.get("/admin/v1/agents.csv?delimiter=;")).problem(422, "invalid_input")
        assert details.detail == "delimiter: must be one of comma, semicolon, tab, not ';'"

    async def test_agents_are_added_and_changed_and_the_others_stay(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        text = f"{HEADER}\r\n{DAVE}\r\nbob,Robert,agent,service,,,\r\n"
        assert (await root.put_text("agents.csv", text, "text/csv")).of(200) == {"added": 1, "changed": 1, "removed": 0}
        agents = (await root.read("agents"))["items"]
        assert sorted(agents) == ["alice", "bob", "carol", "dave", "root", "sue"]
        assert agents["dave"]["attributes"] == {"english": 8, "sales": True}
        assert agents["bob"] == {"name": "Robert", "team": "service"}

    async def test_all_agents_are_imported_or_none(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        text = f"{HEADER}\n{DAVE}\neve,Eve,agent,nowhere,,,\n"
        details = (await root.put_text("agents.csv", text, "text/csv")).problem(422, "invalid_input")
        assert [error.path for error in details.errors] == ["agents.eve.team"]
        assert "dave" not in (await root.read("agents"))["items"]

    async def test_the_last_administrator_keeps_the_role(self, centre: Centre) -> None:
        root = await Administrator.come(centre)
        text = f"{HEADER}\nroot,Root,agent,,,,\n"
        (await root.put_text("agents.csv", text, "text/csv")).problem(409, "configuration_conflict")

    async def test_a_new_role_takes_effect_for_agents_who_are_logged_in(self, centre: Centre) -> None:
        root, alice = await Administrator.come(centre), await LoggedIn.log_in(centre)
        text = f"{HEADER}\nalice,Alice,administrator,service,,,\n"
        (await root.put_text("agents.csv", text, "text/csv")).of(200)
        assert (await alice.get("/admin/v1/configuration")).status == 200


class TestReading:
    def test_takes_what_spreadsheets_write(self) -> None:
        dave = read_agents(f"{HEADER}\n{DAVE}\n".encode())
        assert dave["dave"].name == "Dave, D."
        assert dave["dave"].mrds == ["chat", "callback"]
        for text in (f"\ufeff{HEADER}\r\n{DAVE}\r\n", f"{HEADER}\n\n{DAVE}", f"{HEADER}\r\n\r\n{DAVE}\r\n\r\n"):
            assert read_agents(text.encode()) == dave

    def test_takes_the_columns_in_any_order(self) -> None:
        text = "name,username,email,attributes,mrds,team,role\nDave,dave,,,,,supervisor\n"
        assert read_agents(text.encode()) == {"dave": Agent(name="Dave", role="supervisor")}

    @pytest.mark.parametrize(
        ("text", "path", "expected"),
        [
            ("", "line 1", "is missing"),
            ("username,name\ndave,Dave", "line 1", "must name the columns"),
            (f"{HEADER},shoe size\n", "line 1", "must name the columns"),
            (HEADER.replace(",", "|"), "line 1", "separated by commas"),
            (f"{HEADER}\ndave,Dave,agent,,,", "line 2", "has 6 cells and not 7"),
            (f'{HEADER}\ndave,"Da"ve,agent,,,,', "line 2", "is not valid CSV"),
            (f'{HEADER}\ndave,"Dave', "line 2", "is not valid CSV"),
            (f"{HEADER}\nDave,Dave,agent,,,,", "line 2, username", "lower-case"),
            (f"{HEADER}\n,Dave,agent,,,,", "line 2, username", "lower-case"),
            (f"{HEADER}\n{DAVE}\n{DAVE}", "line 3, username", "there twice"),
            (f"{HEADER}\ndave,,agent,,,,", "line 2, name", "length >= 1"),
            (f"{HEADER}\ndave,Dave,boss,,,,", "line 2, role", "boss"),
            (f"{HEADER}\ndave,Dave,agent,A Team,,,", "line 2, team", "lower-case"),
            (f"{HEADER}\ndave,Dave,agent,,chat|mail,,", "line 2, mrds", "lower-case"),
            (f"{HEADER}\ndave,Dave,agent,,,english,", "line 2, attributes", "none such as english=8"),
            (f"{HEADER}\ndave,Dave,agent,,,english=very,", "line 2, attributes", "none such as english=8"),
            (f"{HEADER}\ndave,Dave,agent,,,english=11,", "line 2, attributes", "<= 10"),
            (f"{HEADER}\ndave,Dave,agent,,,english=99999999999999,", "line 2, attributes", "none such as"),
            (f"{HEADER}\ndave,{'x' * 257},agent,,,,", "line 2, name", "length <= 256"),
            (f"{HEADER}\ndave,{'x' * 200_000},agent,,,,", "line 2", "is not valid CSV"),
            (f"{HEADER}\ndave,Dav".encode() + b"\xe9,agent,,,,", "line 2", "is not UTF-8"),
        ],
    )
    def test_names_the_line_and_column_at_fault(self, text: str | bytes, path: str, expected: str) -> None:
        ((found, message),) = errors(text)
        assert found == path
        assert expected in message

    def test_names_every_line_at_fault(self) -> None:
        text = HEADER + "".join(f"\nagent{number},,agent,,,," for number in range(80))
        assert [path for path, _ in errors(text)] == [f"line {number}, name" for number in range(2, 52)]


class TestFormulas:
    @pytest.mark.parametrize(
        "name", ["=1+1", "+1-1", "-1+1", "@SUM(A1)", "'=1", "''=1", "'Ave", "\t=1", '=HYPERLINK("x")']
    )
    def test_are_text_to_a_spreadsheet_and_come_back(self, name: str) -> None:
        written = write_agents({"dave": Agent(name=name)})
        (_, row) = csv.reader(io.StringIO(written, newline=""))
        assert row[1][0] not in "=+-@\t\r"
        assert read_agents(written.encode())["dave"].name == name


@given(st.dictionaries(st.from_regex("[a-z][a-z0-9.-]{0,10}", fullmatch=True), values_of(Agent), max_size=5))
def test_agents_are_the_same_after_writing_and_reading(agents: dict[str, Agent]) -> None:
    written = {name: msgspec.structs.replace(agent, email=agent.email or None) for name, agent in agents.items()}
    assert read_agents(write_agents(agents).encode()) == written
