"""A body that is valid by the description is not refused for a rule that the description does not state."""

import asyncio
import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from gateways.application.application import API
from gateways.http.endpoints import Endpoint
from schemas.api.problem import ProblemDetails
from schemas.configuration import TABLES, Tables
from tests.gateways.clients import Agent
from tests.gateways.openapi.bodies import DESCRIPTION, resolved, varied_bodies
from tests.gateways.scene import BODIES, Scene, named

EXAMPLES = 8
"""The bodies that each endpoint is sent. With 60 it is a search."""
MAX_BYTES = 100_000
"""Larger bodies are refused as such."""

LAST = ("/end", "/logout", "/me/password", "/transfer", "/state", "/wrap-up", "/decline", "/configuration")
"""After these, other calls would be refused for the state of the conversation or of the agent."""
TAKES_JSON = sorted(
    (endpoint for endpoint in API if isinstance(endpoint, Endpoint) and endpoint.json_body is not None),
    key=lambda endpoint: (endpoint.path.endswith(LAST), endpoint.path.endswith("/configuration")),
)
OTHERS: dict[str, dict[str, Any]] = {
    "/agent/v1/agents/{id}/state": {"id": "bob"},
    "/admin/v1/agents/{name}/password": {"name": "carol"},
}
"""Agents without whom the scene goes on."""
WITHOUT = {"id", "identity", "team"}
"""The fields with which the usual example would be refused, or be the repetition of an earlier request."""

IN_WORDS = {
    r"no (channel|queue|agent|bot|team) .* is configured": "configured",
    r"has an open conversation|has no earlier conversation": "has no open conversation on the channel, and on one of",
    r"has no earlier conversation": "the customer has an earlier conversation there",
    r"names .*, which is not in \[|there is no attribute": "configured",
    r"the channel \S+ (is not for|is for|leads)": "of the kind that the request is for|to which the channel leads",
    r"must be one of ": "Where none is configured, any text",
    r"the identity |cannot be checked": "A JSON Web Token, signed with a key that the channel is configured to check",
    r"must not (nest deeper|be larger) than": "at most 16 KiB and nests at most 32 levels",
    r"phone number|number of": "A telephone number as its country has them",
    r"must lie |nobody calls after that": "It lies ahead, by at most",
    r"attachment|was uploaded|post it as": "A fresh attachment of the conversation, of this kind",
    r"is too short|is longer|is guessed": "12 to 128 characters, also in Unicode's form NFKC, and is not made of",
    r"do not work in": "each MRD in which the agent works",
    r"must be (another queue than|a queue of the media)": "another configured queue of the same MRD",
    r"no IANA time zone": "An IANA time zone",
    r"no public holidays": "a country whose public holidays are known",
    r"has no subdivision|part of no country": "A part of the country, which is named too",
    r"ends before it starts|overlaps": "A span ends after it starts, and overlaps no other of its day",
    r"of the mrd|goes in a circle|the queue itself": "another queue of the same MRD.* No\\s+queue overflows to itself",
    r"cannot be understood": "A criterion of configured attributes",
    r"is a boolean|is a proficiency|but \[attributes": "The value is of the attribute's type",
    r"a secret that is missing": "The name of a secret in the section",
    r"exactly one of|a position of the journal": "A position of the journal|exactly one of",
    r"is written by the server itself": "none that the server writes itself",
    r"is no origin": "An origin, such as",
    r"is no public key|private key|too weak|another curve": "A public key of RSA, P-256 or Ed25519",
    r"unknown placeholder|\{weekday\}|same language": "One text a language, with no other placeholders than this",
    r"has the unknown placeholder": "no other word stands in braces",
    r"the widget has no text": "The name of one of the widget's texts",
    r"must be choice|is empty; give|is for choices": "A choice has\\s+``options``, and nothing else has",
    r"is asked for already": "Each name is asked for once",
    r"is there already": "Each value is there once",
    r"is not the channel's": "which the channel lists",
    r"who is a plain agent": "are supervisors or administrators",
}
"""The rules that no schema can say, by the messages about them, and the words with which the description says them."""


def body_schema(endpoint: Endpoint) -> dict[str, Any]:
    described = DESCRIPTION["paths"][endpoint.path][endpoint.method.lower()]
    schema: dict[str, Any] = described["requestBody"]["content"]["application/json"]["schema"]
    return schema


def usual(endpoint: Endpoint) -> dict[str, Any]:
    if endpoint.json_body is Tables:
        return {table: {"generated": BODIES[kind]} for table, kind in TABLES.items()}
    return {name: value for name, value in BODIES[endpoint.json_body].items() if name not in WITHOUT}


def bodies(endpoint: Endpoint) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(varied_bodies(usual(endpoint), body_schema(endpoint)))
    def collect(body: dict[str, Any]) -> None:
        found.append(body)

    collect()
    return [body for body in found if len(msgspec.json.encode(body)) < MAX_BYTES]


def words_at(schema: dict[str, Any], path: list[str]) -> Iterator[str]:
    """The descriptions of what lies on the way to the field, and of the field itself."""
    found = resolved(schema)
    yield from (
        each["description"] for each in (schema, found, found.get("propertyNames", {})) if "description" in each
    )
    for option in found.get("anyOf", ()):
        yield from words_at(option, path)
    if isinstance(inside := found.get("items", found.get("additionalProperties")), dict):
        yield from words_at(inside, path)
    for place, name in enumerate(path):
        if name in found.get("properties", {}):
            yield from words_at(found["properties"][name], path[place + 1 :])
            return


def unstated(schema: dict[str, Any], details: ProblemDetails) -> list[str]:
    """The errors for which the description has neither a keyword nor words."""
    found = []
    for error in details.errors:
        words = "\n".join(words_at(schema, re.split(r"[.\[]", error.path)))
        rules = [said for message, said in IN_WORDS.items() if re.search(message, error.message)]
        if not any(re.search(said, words, re.DOTALL) for said in rules):
            found.append(f"{error.path}: {error.message}")
    return found


async def token_of(scene: Scene, endpoint: Endpoint) -> str | None:
    """A token that no earlier body has ended."""
    return (await Agent.log_in(scene.centre, "bob")).token if endpoint.path.endswith("/logout") else ""


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("endpoint", TAKES_JSON, ids=named)
async def test_a_valid_body_is_refused_for_stated_rules_alone(scene: Scene, endpoint: Endpoint) -> None:
    parts: dict[str, Any] = OTHERS.get(endpoint.path, {"name": "generated"})
    # On a thread: on the loop, the server would close its idle connections in the moment of the next call.
    for body in await asyncio.to_thread(bodies, endpoint):
        answer = await scene.call(endpoint, body=body, token=await token_of(scene, endpoint), **parts)
        assert answer.status < 500, (body, answer.content)
        if answer.status in (400, 422):
            assert unstated(body_schema(endpoint), answer.problem(422, "invalid_input")) == [], body


def test_a_rule_without_words_is_found() -> None:
    details = msgspec.convert(
        {
            "type": "",
            "title": "",
            "status": 422,
            "detail": "",
            "code": "invalid_input",
            "errors": [
                {"path": "queue", "message": "no queue 'x' is configured"},
                {"path": "text", "message": "no queue 'x' is configured"},
                {"path": "queue", "message": "is too blue"},
            ],
        },
        ProblemDetails,
    )
    schema = {"$ref": "#/components/schemas/AgentRequest"}
    assert unstated(schema, details) == ["text: no queue 'x' is configured", "queue: is too blue"]
