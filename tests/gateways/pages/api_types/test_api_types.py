"""The types that the scripts of the pages are checked with agree with the API's description."""

import pytest

from tests.gateways.pages.api_types.declarations import FILE, declarations
from tests.gateways.pages.api_types.shapes import Schema, declaration, type_of


def test_the_file_is_up_to_date() -> None:
    assert FILE.read_text(encoding="utf-8") == declarations(), "run make api-types"


@pytest.mark.parametrize(
    ("schema", "type_"),
    [
        ({"type": "integer", "minimum": 0}, "number"),
        ({"enum": ["active", 3]}, '"active" | 3'),
        ({"$ref": "#/components/schemas/Task"}, "Task"),
        ({"anyOf": [{"type": "string"}, {"format": "date-time", "type": "string"}, {"type": "null"}]}, "string | null"),
        ({"type": "array", "items": {"anyOf": [{"type": "number"}, {"type": "boolean"}]}}, "Array<number | boolean>"),
        ({"type": "array"}, "Array<unknown>"),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "{ [name: string]: number }"),
        ({"type": "object"}, "{ [name: string]: unknown }"),
        ({"type": "string", "contentMediaType": "application/octet-stream"}, "Blob"),
        ({}, "unknown"),
    ],
)
def test_a_schema_has_its_type(schema: Schema, type_: str) -> None:
    assert type_of(schema) == type_


def test_a_field_that_is_not_required_may_be_left_out() -> None:
    fields = {"mrd": {"type": "string", "description": "The MRD."}, "note": {"type": "string", "default": ""}}
    described = {"description": "A ``task``.\n\nOf an agent.", "properties": fields, "required": ["mrd"]}
    assert declaration("Task", described) == (
        "/**\n * A `task`.\n *\n * Of an agent.\n */\n"
        "interface Task {\n  /** The MRD. */\n  mrd: string;\n  note?: string;\n}\n"
    )


def test_the_type_of_an_event_decides_what_its_data_are() -> None:
    data = [{"$ref": "#/components/schemas/AgentLeft"}, {"$ref": "#/components/schemas/MessagePostedForCustomer"}]
    fields = {"type": {"enum": ["AgentLeft", "MessagePosted"]}, "at": {"type": "string"}, "data": {"anyOf": data}}
    assert declaration("Event", {"properties": fields, "required": ["type", "at", "data"]}) == (
        "type Event = {\n  at: string;\n} & (\n"
        '  | { type: "AgentLeft"; data: AgentLeft }\n'
        '  | { type: "MessagePosted"; data: MessagePostedForCustomer }\n);\n'
    )


def test_of_two_paths_the_one_that_the_other_covers_is_tried_first() -> None:
    lines = declarations().splitlines()
    special, general = (
        next(place for place, line in enumerate(lines) if f"`GET inspect/v1/streams/{path}`" in line)
        for path in ("${string}/state", "${string}")
    )
    assert special < general
