"""The description is valid and complete, and agrees with the declarations from which it is made."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, get_args

import msgspec
import pytest
from jsonschema import Draft202012Validator, ValidationError

from gateways.application.application import API
from gateways.http.endpoints import Endpoint, Feed
from gateways.http.problem_codes import PROBLEM_CODES
from gateways.openapi import describe
from gateways.openapi.examples import EXAMPLES
from gateways.openapi.problems import problem_codes
from gateways.openapi.schemas import Schemas
from schemas.api.attachments import Upload
from schemas.events import REGISTRY
from schemas.replies import RefusalCode
from tests.gateways.openapi.validating import validate

DESCRIPTION = describe(API)
SCHEMAS = DESCRIPTION["components"]["schemas"]
ENDPOINTS = [endpoint for endpoint in API if isinstance(endpoint, Endpoint)]
PARAMETER = {"name": "a", "in": "query", "schema": {"type": "string"}}
FEEDS = [feed for feed in API if isinstance(feed, Feed)]


def operation(method: str, path: str) -> dict[str, Any]:
    described: dict[str, Any] = DESCRIPTION["paths"][path][method.lower()]
    return described


def operations() -> Iterator[dict[str, Any]]:
    for item in DESCRIPTION["paths"].values():
        yield from item.values()


def objects_in(part: object) -> Iterator[dict[str, Any]]:
    """The part, if it is an object, and all objects inside it."""
    if isinstance(part, dict):
        yield part
    inside = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    for inner in inside:
        yield from objects_in(inner)


def check(value: object, schema: dict[str, Any]) -> None:
    rooted = {**schema, "components": DESCRIPTION["components"]}
    Draft202012Validator(rooted).validate(value)


def test_the_description_is_valid_openapi() -> None:
    validate(DESCRIPTION)


@pytest.mark.parametrize(
    "flaw",
    [
        {"responses": {"200": {"content": {}}}},
        {"responses": {"200": {"description": "", "content": {"a/b": {"schema": {"type": "thing"}}}}}},
        {"parameters": [{**PARAMETER, "schema": {"type": "string", "default": 1}}]},
        {"parameters": [PARAMETER, PARAMETER]},
    ],
    ids=["no description", "no such type", "a default of another type", "the same name twice"],
)
def test_a_flawed_description_is_refused(flaw: dict[str, Any]) -> None:
    right = {"parameters": [PARAMETER], "responses": {"200": {"description": ""}}}
    head = {"openapi": "3.1.0", "info": {"title": "", "version": ""}}
    validate({**head, "paths": {"/a": {"get": right}, "/b": {"get": right}}})
    with pytest.raises(ValidationError):
        validate({**head, "paths": {"/a": {"get": right}, "/b": {"get": {**right, **flaw}}}})


def test_the_description_is_json() -> None:
    assert msgspec.json.decode(msgspec.json.encode(DESCRIPTION)) == DESCRIPTION


def test_the_description_has_title_version_and_tags() -> None:
    assert DESCRIPTION["info"]["title"] == "Hybrid Chat"
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*", DESCRIPTION["info"]["version"])
    tags = ["Customer API", "Agent API", "Extern API", "Admin API", "Inspect API", "Reports API", "Operations"]
    assert [tag["name"] for tag in DESCRIPTION["tags"]] == tags


@pytest.mark.parametrize("endpoint", API, ids=lambda endpoint: f"{endpoint.method} {endpoint.path}")
def test_every_endpoint_is_described(endpoint: Endpoint | Feed) -> None:
    described = operation(endpoint.method, endpoint.path)
    named = {parameter["name"] for parameter in described["parameters"] if parameter["in"] == "path"}
    assert described["summary"] == endpoint.summary
    assert named == set(re.findall(r"{(\w+)}", endpoint.path))
    assert {"429", "500"} <= set(described["responses"])


def test_only_endpoints_and_health_are_described() -> None:
    assert set(DESCRIPTION["paths"]) == {endpoint.path for endpoint in API} | {"/healthz", "/readyz"}


def test_operation_ids_are_unique_and_in_snake_case() -> None:
    names = [described["operationId"] for described in operations()]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)+", name) for name in names)


def test_every_tag_and_security_scheme_exists() -> None:
    tags = {tag["name"] for tag in DESCRIPTION["tags"]}
    schemes = set(DESCRIPTION["components"]["securitySchemes"])
    assert schemes == {"customerToken", "agentToken", "apiKey"}
    for described in operations():
        assert set(described["tags"]) <= tags
        assert {name for option in described["security"] for name in option} <= schemes


def test_every_reference_resolves() -> None:
    references = [part["$ref"] for part in objects_in(DESCRIPTION) if isinstance(part.get("$ref"), str)]
    assert references
    for reference in references:
        found: Any = DESCRIPTION
        for step in reference.removeprefix("#/").split("/"):
            assert step in found, reference
            found = found[step]


def test_paths_are_described_in_reading_order() -> None:
    paths = list(DESCRIPTION["paths"])
    assert paths[0] == "/customer/v1/conversations"
    assert paths[:8] == sorted(paths[:8], key=lambda path: path.count("/"))
    assert paths.index("/agent/v1/login") < paths.index("/agent/v1/me") < paths.index("/agent/v1/me/state")


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: f"{endpoint.method} {endpoint.path}")
def test_bodies_have_their_schemas_and_examples(endpoint: Endpoint) -> None:
    described = operation(endpoint.method, endpoint.path)
    success = described["responses"][str(endpoint.status)]
    bodies = [(endpoint.request or endpoint.form, described.get("requestBody")), (endpoint.response, success)]
    for type_, body in bodies:
        content = (body or {}).get("content", {})
        if type_ is None:
            assert list(content) == list(endpoint.takes if body is not success else ())
        elif type_ is bytes:
            assert content == {"application/octet-stream": {}}
        elif type_ is Upload:
            assert content == {"multipart/form-data": {"schema": {"$ref": "#/components/schemas/Upload"}}}
        elif "application/json" not in endpoint.media:
            assert list(content) == list(endpoint.media)
        else:
            assert content["application/json"]["schema"] == {"$ref": f"#/components/schemas/{type_.__name__}"}
            check(content["application/json"]["example"], content["application/json"]["schema"])


@pytest.mark.parametrize("type_", EXAMPLES, ids=lambda type_: type_.__name__)
def test_every_example_fits_its_type(type_: type[msgspec.Struct]) -> None:
    example = msgspec.json.decode(msgspec.json.encode(EXAMPLES[type_]), type=type_)
    assert isinstance(example, type_)


@pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: feed.path)
def test_feeds_have_three_forms(feed: Feed) -> None:
    described = operation("GET", feed.path)
    parameters = {(parameter["in"], parameter["name"]) for parameter in described["parameters"]}
    content = described["responses"]["200"]["content"]
    assert {("query", "after"), ("query", "limit"), ("header", "Last-Event-ID")} <= parameters
    assert list(content) == ["application/json", "text/event-stream"]
    assert "101" in described["responses"]
    assert described["x-websocket"]["subprotocols"] == ["hybridchat.v1", "bearer.<token>"]
    assert set(described["x-websocket"]["close_codes"]) == {"1000", "1011", "4000", "4001", "4003", "4008"}
    check(content["application/json"]["example"], content["application/json"]["schema"])


def test_the_customers_feed_is_described_without_hidden_events() -> None:
    customer, agent = (SCHEMAS[name]["properties"]["type"]["enum"] for name in ("CustomerFeedEvent", "AgentFeedEvent"))
    assert "MessagePosted" in customer
    assert "NoteAdded" not in customer
    assert {"NoteAdded", "TaskReserved", *customer} - {"WaitChanged"} <= set(agent)
    assert "WaitChanged" not in agent, "the signal is for the customer who waits"


def test_every_event_is_described() -> None:
    assert set(REGISTRY.types) <= set(SCHEMAS)
    seen = SCHEMAS["AgentFeedEvent"]["properties"]
    assert [option["$ref"].rpartition("/")[2] for option in seen["data"]["anyOf"]] == seen["type"]["enum"]


def test_instants_have_a_format() -> None:
    formats = {"type": "string", "format": "date-time"}
    for name, type_ in REGISTRY.types.items():
        for field in msgspec.structs.fields(type_):
            if datetime in (field.type, *get_args(field.type)):
                assert SCHEMAS[name]["properties"][field.encode_name] == formats, f"{name}.{field.name}"
    assert SCHEMAS["Task"]["properties"]["expires_at"]["anyOf"][0] == formats
    assert SCHEMAS["CustomerFeedEvent"]["properties"]["at"] == formats


def test_structs_of_the_same_name_are_distinguished_by_module() -> None:
    one = msgspec.defstruct("Thing", [("a", int)], module="one")
    other = msgspec.defstruct("Thing", [("b", str)], module="other")
    schemas = Schemas([one, other])
    assert set(schemas.components) == {"one.Thing", "other.Thing"}
    assert schemas.media_type(other)["schema"] == {"$ref": "#/components/schemas/other.Thing"}


@pytest.mark.parametrize(
    ("schema", "value", "valid"),
    [
        ("PostedImage", {"type": "image", "url": "https://a/b"}, True),
        ("PostedImage", {"type": "image", "url": "https://a/b", "attachment_id": None}, True),
        ("PostedImage", {"type": "image"}, False),
        (
            "PostedFile",
            {"type": "file", "url": "https://a/b", "attachment_id": "0193b1f0-7c00-7d52-9c1e-3f6d2c9a1b4e"},
            False,
        ),
        ("Target", {"queue": "sales"}, True),
        ("Target", {}, False),
        ("Target", {"queue": "sales", "agent": "bob"}, False),
        ("HandOverRequest", {"to": {"bot": "greeter"}}, True),
        ("AssistRequest", {"to": {"bot": "greeter"}}, False),
        ("AssistRequest", {"to": {"agent": "bob", "bot": None}}, True),
        ("Channel", {"queue": "support", "identity_required": True}, False),
        ("Channel", {"queue": "support", "identity_required": True, "identity_secret": "site"}, True),
        ("Channel", {"queue": "support", "kind": "task", "identity_secret": "site"}, False),
        ("CallbackRequest", {"name": "Ada", "phone": "1", "attributes": {"subject": "x"}}, False),
        ("Calendar", {"zone": "Europe/Vienna", "shifts": {"someday": []}}, False),
        ("Calendar", {"zone": "Europe/Vienna", "shifts": {"monday": ["09:00-25:00"]}}, False),
        ("NoteRequest", {"text": "a\0b"}, False),
        ("ReasonCode", {"label": "a\0b"}, False),
        ("LoginRequest", {"username": "a\0b", "password": "\0"}, True),
        ("PasswordRequest", {"password": "eleven char"}, False),
    ],
)
def test_a_schema_says_what_is_refused(schema: str, value: dict[str, Any], valid: bool) -> None:
    whole = {"$ref": f"#/components/schemas/{schema}", "components": DESCRIPTION["components"]}
    assert Draft202012Validator(whole).is_valid(value) is valid


def test_descriptions_of_several_lines_lose_their_indentation() -> None:
    documented = msgspec.defstruct("Documented", [("id", Annotated[str, msgspec.Meta(max_length=3)])])
    documented.__doc__ = "One line\n    and another."
    assert Schemas([documented]).components["Documented"]["description"] == "One line\nand another."


def test_problems_are_those_of_the_endpoints_kind_and_the_declared_ones() -> None:
    posting = next(endpoint for endpoint in ENDPOINTS if endpoint.path == "/agent/v1/conversations/{id}/messages")
    assert problem_codes(posting) == {
        "400": ["malformed_json", "malformed_query"],
        "401": ["session_ended", "token_expired", "token_invalid", "token_missing"],
        "403": ["not_participant", "wrong_audience"],
        "404": ["not_found"],
        "408": ["request_timeout"],
        "409": ["conversation_ended", "conversation_full", "id_conflict"],
        "413": ["body_too_large"],
        "422": ["invalid_input"],
        "429": ["too_many_requests"],
        "431": ["head_too_large"],
        "500": ["command_failed", "internal_error"],
        "503": ["attachments_unavailable", "journal_unavailable", "overloaded", "stopping"],
    }


def test_every_problem_is_explained() -> None:
    codes = {code for endpoint in API for codes in problem_codes(endpoint).values() for code in codes}
    assert codes | {code.value for code in RefusalCode} <= set(PROBLEM_CODES)


def test_uploads_are_described_as_forms() -> None:
    schema = DESCRIPTION["components"]["schemas"]["Upload"]
    assert schema["required"] == ["file"]
    assert schema["properties"]["file"] == {"contentMediaType": "application/octet-stream"}
    posting = next(endpoint for endpoint in ENDPOINTS if endpoint.path == "/customer/v1/conversations/{id}/attachments")
    codes = problem_codes(posting)
    assert codes["400"] == ["malformed_form", "malformed_query"]
    assert codes["415"] == ["media_type_mismatch", "media_type_not_allowed", "not_a_form"]
    assert codes["507"] == ["storage_full"]


def test_problem_responses_are_problem_details() -> None:
    conflict = operation("POST", "/customer/v1/conversations")["responses"]["409"]
    details = {
        "type": "urn:hybridchat:problem:id_conflict",
        "title": "Conflict",
        "status": 409,
        "detail": "this id belongs to another conversation",
        "code": "id_conflict",
    }
    schema = conflict["content"]["application/problem+json"]["schema"]
    check(details, schema)
    assert not Draft202012Validator({**schema, "components": DESCRIPTION["components"]}).is_valid(
        {**details, "code": "offer_gone"}
    )


def test_retryable_problems_have_a_retry_after_header() -> None:
    responses = operation("POST", "/customer/v1/conversations")["responses"]
    assert all("Retry-After" in responses[status]["headers"] for status in ("429", "503"))


@pytest.mark.parametrize(
    ("method", "path", "replayed"),
    [
        ("POST", "/customer/v1/conversations", True),
        ("POST", "/customer/v1/conversations/{id}/messages", True),
        ("POST", "/customer/v1/conversations/{id}/typing", False),
        ("POST", "/agent/v1/tasks/{task_id}/accept", True),
        ("POST", "/agent/v1/login", False),
        ("PUT", "/agent/v1/me/state", False),
    ],
)
def test_endpoints_that_replay_describe_the_header(method: str, path: str, replayed: bool) -> None:
    responses = operation(method, path)["responses"]
    success = next(response for status, response in responses.items() if status.startswith("2"))
    assert ("Idempotent-Replayed" in success.get("headers", {})) is replayed


def test_every_status_of_success_is_described() -> None:
    responses = operation("POST", "/customer/v1/conversations")["responses"]
    assert {status for status in responses if status.startswith("2")} == {"200", "201"}
    assert responses["200"]["content"] == responses["201"]["content"]


def test_an_application_needs_its_key() -> None:
    for method, path in (("POST", "/extern/v1/tasks"), ("GET", "/extern/v1/agents/states")):
        assert operation(method, path)["security"] == [{"apiKey": []}]


def test_a_conversation_starts_without_a_token_or_with_a_key() -> None:
    assert operation("POST", "/customer/v1/conversations")["security"] == [{}, {"apiKey": []}]
    assert operation("POST", "/agent/v1/login")["security"] == []
    assert operation("GET", "/agent/v1/me")["security"] == [{"agentToken": []}]


def test_a_login_by_openid_is_described_as_a_redirect_with_its_parameters() -> None:
    described = operation("GET", "/agent/v1/openid/login")
    assert {parameter["name"]: parameter["required"] for parameter in described["parameters"]} == {
        "return_to": True,
        "code_challenge": True,
    }
    assert described["security"] == []
    assert described["responses"]["302"] == {
        "description": "Found",
        "headers": {"Location": {"$ref": "#/components/headers/Location"}},
    }
    assert "Retry-After" in described["responses"]["503"]["headers"]
    assert "openid_unavailable" in described["responses"]["503"]["description"]


def test_every_tag_is_described() -> None:
    assert [tag["name"] for tag in DESCRIPTION["tags"] if not tag.get("description")] == []
