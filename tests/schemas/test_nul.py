"""NUL is found wherever it stands, but in what may be any JSON."""

import pytest

from schemas.configuration import read_tables
from schemas.exceptions import InvalidTablesError
from schemas.nul import nul_faults


def test_every_place_that_holds_nul_is_named() -> None:
    body = {
        "customer": {"name": "A\0", "attributes": {"any": "\0"}},
        "texts": ["a", "\0"],
        "a\0": 1,
        "payload": {"x": "\0"},
        "password": "p\0",
        "plain": "a",
    }
    assert [fault.path for fault in nul_faults(body)] == ["customer.name", "texts[1]", ""]


@pytest.mark.parametrize("table", ["wrap_up_codes", "agents", "canned_messages"])
def test_a_name_in_the_configuration_holds_no_nul(table: str) -> None:
    entries = {
        "wrap_up_codes": {"refund": {"label": "Re\0fund"}},
        "agents": {"alice": {"name": "A\0"}},
        "canned_messages": {"hello": {"text": "Hello\0"}},
    }
    with pytest.raises(InvalidTablesError, match="NUL"):
        read_tables({table: entries[table]})
