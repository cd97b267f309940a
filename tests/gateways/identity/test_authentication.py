"""Invalid tokens are refused: all of them at one endpoint of each kind, one of each sort at every endpoint."""

import base64
import time
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from gateways.http.endpoints import Endpoint, Feed
from gateways.identity import tokens
from schemas.identifiers import new_id
from tests.gateways.centre import Centre
from tests.gateways.clients import Agent, Caller, Customer
from tests.gateways.scene import FOR_LEADERS, KEYED, PROTECTED, Scene, first_of_each, named
from tests.gateways.tokens import claims_of, signed

pytestmark = pytest.mark.asyncio(loop_scope="module")

MISSING, INVALID, EXPIRED = "401 token_missing", "401 token_invalid", "401 token_expired"
NO_TOKENS = ["", " ", "Bearer", "Basic YWxpY2U6ZGVtbw==", "Token x", "Bearer\tx", "\u00e9"]
GARBAGE = [
    "Bearer ",
    "bearer x",
    "Bearer a.b.c",
    "Bearer ..",
    "Bearer \u00ff\u00fe",
    "Bearer null",
    "BEARER " + "x" * 8000,
]

KINDS = first_of_each(PROTECTED, lambda each: (each.access, type(each), getattr(each, "streamed", False)))

on_each_endpoint = pytest.mark.parametrize("endpoint", PROTECTED, ids=named)
on_each_kind = pytest.mark.parametrize("endpoint", KINDS, ids=named)


def encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def resigned(token: str, secret: str, **changed: Any) -> str:
    """The token with other claims, signed with this secret."""
    claims = {name: value for name, value in {**claims_of(token), **changed}.items() if value is not None}
    return signed(claims, secret)


def forgeries(token: str) -> list[str]:
    """Tokens that were not issued here, made from one that was."""
    header, claims, signature = token.split(".")
    flipped = "A" if signature[3] != "A" else "B"
    other_claims = encoded(
        msgspec.json.encode({**msgspec.json.decode(decoded(claims)), "role": "administrator", "also": "forged"})
    )
    unsigned = [encoded(b'{"alg":"%s","typ":"JWT"}' % alg) for alg in (b"none", b"None", b"NONE", b"nOnE", b"")]
    return [
        f"{header}.{claims}.{signature[:3]}{flipped}{signature[4:]}",
        f"{header}.{other_claims}.{signature}",
        f"{header}.{claims}.",
        f"{header}.{claims}",
        f"{token}.{signature}",
        f"{token}x",
        *(f"{none}.{claims}." for none in unsigned),
        *(f"{none}.{claims}.{signature}" for none in unsigned),
        resigned(token, "x" * 32),
        resigned(token, "0" * 64),
        f"{encoded(b'[' * 9_000)}.{claims}.{signature}",
        f"{encoded(b'9' * 6_000)}.{claims}.{signature}",
        f"{encoded(b'{{}}')}.{claims}.{signature}",
        f"{encoded(bytes(range(256)))}.{claims}.{signature}",
    ]


def decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def secret_of(centre: Centre) -> str:
    assert centre.services.data_directory is not None
    return centre.services.data_directory.token_secret.read_text()


@on_each_kind
async def test_a_missing_token_is_refused(scene: Scene, endpoint: Endpoint | Feed) -> None:
    await scene.refused(endpoint, MISSING, token=None, body=scene.body(endpoint))
    for value in NO_TOKENS:
        await scene.refused(endpoint, MISSING, token=None, headers={"Authorization": value})


@on_each_kind
async def test_garbage_instead_of_a_token_is_refused(scene: Scene, endpoint: Endpoint | Feed) -> None:
    for value in GARBAGE:
        await scene.refused(endpoint, INVALID, token=None, headers={"Authorization": value})


@on_each_kind
async def test_forged_tokens_are_refused(scene: Scene, endpoint: Endpoint | Feed) -> None:
    for token in forgeries(scene.token(endpoint) or ""):
        await scene.refused(endpoint, INVALID, token=token, body=scene.body(endpoint))


@on_each_kind
async def test_invalid_claims_are_refused(scene: Scene, endpoint: Endpoint | Feed) -> None:
    secret, token = secret_of(scene.centre), scene.token(endpoint) or ""
    for changed in (
        {"iss": "elsewhere"},
        {"iss": None},
        {"aud": "everybody"},
        {"aud": None},
        {"exp": None},
        {"exp": "soon"},
        {"sub": None},
        {"nbf": int(time.time()) + 10_000},
    ):
        await scene.refused(endpoint, INVALID, token=resigned(token, secret, **changed), body=scene.body(endpoint))
    for algorithm in ("HS384", "HS512"):
        await scene.refused(endpoint, INVALID, token=signed(claims_of(token), secret, algorithm))


@on_each_kind
async def test_expired_tokens_are_refused(
    scene: Scene, endpoint: Endpoint | Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims = claims_of(scene.token(endpoint) or "")
    expired = scene.centre.services.tokens.issue(
        claims["aud"], claims["sub"], int(time.time()) - 100, 99, role=claims["role"], session_id=claims["sid"]
    )
    details = await scene.refused(endpoint, EXPIRED, token=expired, body=scene.body(endpoint))
    assert details.detail == "the token has expired"
    monkeypatch.setattr(tokens, "time", SimpleNamespace(time=lambda: claims["exp"] + 0.0))
    details = await scene.refused(endpoint, EXPIRED, body=scene.body(endpoint))
    assert details.detail == "the token has expired"


@on_each_endpoint
async def test_every_endpoint_refuses_tokens_that_are_not_for_it(scene: Scene, endpoint: Endpoint | Feed) -> None:
    body, good = scene.body(endpoint), scene.token(endpoint) or ""
    expired = resigned(good, secret_of(scene.centre), exp=int(time.time()) - 1)
    another_audience = scene.agent.token if endpoint.access == "customer" else scene.customer.token
    await scene.refused(endpoint, MISSING, token=None, body=body)
    await scene.refused(endpoint, INVALID, token=resigned(good, "x" * 32), body=body)
    await scene.refused(endpoint, EXPIRED, token=expired, body=body)
    await scene.refused(endpoint, "403 wrong_audience", token=another_audience, body=body)


@on_each_endpoint
async def test_the_token_of_another_conversation_or_of_an_ended_session_is_refused(
    scene: Scene, endpoint: Endpoint | Feed
) -> None:
    """A customer's token opens one conversation; an agent's token is valid for one session."""
    if endpoint.access == "customer":
        await scene.refused(endpoint, "403 foreign_token", token=scene.other.token, body=scene.body(endpoint))
        return
    issue = scene.centre.services.tokens.issue
    ended = issue("agent", "alice", int(time.time()), 900, role="administrator", session_id=new_id())
    await scene.refused(endpoint, "401 session_ended", token=ended, body=scene.body(endpoint))


@pytest.mark.parametrize("endpoint", KEYED, ids=named)
async def test_the_extern_api_refuses_everything_but_an_applications_key(scene: Scene, endpoint: Endpoint) -> None:
    for value in NO_TOKENS:
        await scene.refused(endpoint, "401 key_missing", token=None, headers={"Authorization": value})
    for value in GARBAGE:
        await scene.refused(endpoint, "401 key_invalid", token=None, headers={"Authorization": value})
    for token in (scene.customer.token, scene.agent.token):
        await scene.refused(endpoint, "401 key_invalid", token=token, body=scene.body(endpoint))
    await scene.refused(endpoint, "403 scope_missing", token="sms-key", body=scene.body(endpoint))


@pytest.mark.parametrize("endpoint", FOR_LEADERS, ids=named)
async def test_supervisors_endpoints_refuse_an_agent_who_leads_nobody(scene: Scene, endpoint: Endpoint) -> None:
    for id_ in (scene.customer.id, scene.other.id, new_id(), "bob"):
        await scene.refused(endpoint, "403 role_missing", token=scene.agent.token, body=scene.body(endpoint), id=id_)


async def test_the_bearer_scheme_is_matched_in_any_case(scene: Scene) -> None:
    for value in (f"bearer {scene.agent.token}", f"BEARER   {scene.agent.token} "):
        answer = await Caller(scene.centre).call("GET", "/agent/v1/me", headers={"Authorization": value})
        assert answer.status == 200
    signed_with_the_secret = resigned(scene.agent.token or "", secret_of(scene.centre), iat=1)
    assert (await Caller(scene.centre, signed_with_the_secret).get("/agent/v1/me")).status == 200


async def test_a_customers_token_without_a_conversation_is_answered_with_not_found(scene: Scene) -> None:
    """The token has outlived its conversation."""
    unknown = new_id()
    token = scene.centre.services.tokens.issue("customer", unknown, int(time.time()), 900)
    for endpoint in PROTECTED:
        if endpoint.access == "customer" and isinstance(endpoint, Endpoint):
            body = scene.body(endpoint)
            await scene.refused(endpoint, "404 not_found", token=token, id=unknown, body=body)


async def test_an_unauthorized_answer_names_the_scheme(scene: Scene) -> None:
    answer = await Caller(scene.centre).get("/agent/v1/me")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


async def test_an_agent_acts_only_where_the_agent_takes_part(scene: Scene) -> None:
    bob = await Agent.log_in(scene.centre, "bob")
    waiting = await Customer.start(scene.centre)
    for customer in (scene.customer, waiting):
        position = scene.centre.services.journal.last_position()
        (await bob.write(customer, "Hello")).problem(403, "not_participant")
        (await bob.note(customer, "Hello")).problem(403, "not_participant")
        (await bob.end(customer)).problem(403, "not_participant")
        (await bob.post(bob.path(customer, "typing"), {"active": True})).problem(403, "not_participant")
        (await bob.post(bob.path(customer, "wrap-up"))).problem(403, "not_participant")
        assert scene.centre.services.journal.last_position() == position
