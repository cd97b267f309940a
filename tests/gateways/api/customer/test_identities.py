"""Customers of a web channel whose site signs who they are."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc.jwk import ECKey, Key

from schemas.identifiers import new_id
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Agent, Answer, Caller, Customer
from tests.gateways.identity.signing import PUBLIC_KEY, SECRET, SITE, SITE_SECRET, pem_of, signed

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]

PATH = "/customer/v1/conversations"
SIGNED: dict[str, Any] = {
    "secrets": {"web_identity": SECRET, "short_one": "sixteen letters!"},
    "channels": {
        "shop": {"queue": "support", "identity_keys": [PUBLIC_KEY], "identity_secret": "web_identity"},
        "bank": {"queue": "support", "identity_keys": [PUBLIC_KEY], "identity_required": True},
    },
}


@pytest_asyncio.fixture
async def centre(tmp_path: Path, quick_passwords: None) -> AsyncIterator[Centre]:
    async with open_centre(tmp_path, **SIGNED) as opened:
        yield opened


async def start(centre: Centre, identity: str | None = None, channel: str = "shop", **body: Any) -> Answer:
    signed_in = {} if identity is None else {"identity": identity}
    return await Caller(centre).post(PATH, {"channel": channel, **signed_in, **body})


async def detail(agent: Agent, customer: Customer) -> Any:
    return (await agent.get(f"/agent/v1/conversations/{customer.id}")).of(200)


def weak_key() -> str:
    key = rsa.generate_private_key(65537, 1024).public_key()  # noqa: S505 - weak on purpose
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


class TestASignedIdentity:
    @pytest.mark.parametrize("key", [SITE, SITE_SECRET])
    async def test_proves_who_the_customer_is(self, centre: Centre, key: Key) -> None:
        identity = signed(key, name="Ada")
        customer = Customer(centre, (await start(centre, identity, customer={"name": "Eve", "phone": "1"})).of(201))
        sue = await Agent.log_in(centre, "sue")
        read = await detail(sue, customer)
        assert read["customer"] == {"id": "c-7", "name": "Ada", "phone": "1", "verified": True}
        assert read["conversation"]["participants"][0]["verified"] is True
        started = (await customer.events())[0]
        assert started["data"]["customer"]["verified"] is True
        assert identity not in str(centre.services.journal.read_stream(customer.stream)[0].data)

    async def test_leads_back_to_the_open_conversation(self, centre: Centre) -> None:
        first = (await start(centre, signed(), text="One")).of(201)
        again = (await start(centre, signed(), text="Two")).of(200)
        assert (again["returned"], again["conversation_id"]) == (True, first["conversation_id"])
        assert (await start(centre, customer={"id": "c-7"})).of(201)["conversation_id"] != first["conversation_id"]
        assert (await start(centre, signed(sub="c-8"))).of(201)["conversation_id"] != first["conversation_id"]

    async def test_connects_the_conversations_of_the_customer(self, centre: Centre) -> None:
        first = Customer(centre, (await start(centre, signed())).of(201))
        await first.end()
        claimed = Customer(centre, (await start(centre, customer={"id": "c-7"})).of(201))
        await claimed.end()
        second = Customer(centre, (await start(centre, signed())).of(201))
        sue = await Agent.log_in(centre, "sue")
        previous = (await detail(sue, second))["previous"]
        assert [conversation["conversation_id"] for conversation in previous] == [first.id]

    async def test_is_carried_on_by_the_conversations_token(self, centre: Centre) -> None:
        first = Customer(centre, (await start(centre, signed())).of(201))
        await first.end()
        second = Customer(centre, (await Caller(centre, first.token).post(PATH, {"channel": "shop"})).of(201))
        read = await detail(await Agent.log_in(centre, "sue"), second)
        assert read["customer"] == {"id": "c-7", "verified": True}
        assert len(read["previous"]) == 1

    async def test_may_be_signed_anew_for_a_repeated_start(self, centre: Centre) -> None:
        body = {"id": new_id(), "text": "Hello"}
        first, again = await start(centre, signed(jti="1"), **body), await start(centre, signed(jti="2"), **body)
        assert again.replayed
        assert (again.status, again.content) == (201, first.content)
        (await start(centre, signed(sub="c-8"), **body)).problem(409, "id_conflict")

    @pytest.mark.parametrize(
        ("body", "path"),
        [
            (lambda: {"identity": "nonsense"}, "identity"),
            (lambda: {"identity": signed(exp=1)}, "identity"),
            (lambda: {"identity": signed(ECKey.generate_key("P-256"))}, "identity"),
            (lambda: {"identity": signed(), "customer": {"id": "c-8"}}, "customer.id"),
            (lambda: {"identity": signed(), "channel": "web-direct"}, "identity"),
            (lambda: {"channel": "bank"}, "identity"),
            (lambda: {"channel": "bank", "customer": {"id": "c-7"}}, "identity"),
        ],
    )
    async def test_that_does_not_fit_is_refused(
        self, centre: Centre, body: Callable[[], dict[str, Any]], path: str
    ) -> None:
        details = (await Caller(centre).post(PATH, {"channel": "shop", **body()})).problem(422, "invalid_input")
        assert [error.path for error in details.errors] == [path]
        assert centre.services.journal.last_position() == centre.opened_at


class TestAChannelThatChecksIdentities:
    @pytest.mark.parametrize(
        ("fields", "path"),
        [
            ({"identity_keys": ["no key"]}, "identity_keys[0]"),
            ({"identity_keys": [PUBLIC_KEY, {"kty": "oct", "k": "c2VjcmV0"}]}, "identity_keys[1]"),
            ({"identity_keys": [pem_of(ECKey.generate_key("P-256"), private=True)]}, "identity_keys[0]"),
            ({"identity_keys": [weak_key()]}, "identity_keys[0]"),
            ({"identity_keys": [pem_of(ECKey.generate_key("P-384"))]}, "identity_keys[0]"),
            ({"identity_secret": "nobody_set_it"}, "identity_secret"),
            ({"identity_secret": "short_one"}, "identity_secret"),
            ({"identity_required": True}, "identity_required"),
            ({"kind": "connector", "identity_keys": [PUBLIC_KEY]}, "identity_keys"),
        ],
    )
    async def test_is_refused_with_a_key_that_cannot_check(
        self, centre: Centre, fields: dict[str, Any], path: str
    ) -> None:
        root = await Administrator.come(centre)
        details = (await root.configure("channels/new", {"queue": "support", **fields})).problem(422, "invalid_input")
        assert [error.path for error in details.errors] == [path]


class TestReturning:
    PATH = "/customer/v1/returns"

    async def test_the_customer_returns_to_the_open_conversation_from_another_device(self, centre: Centre) -> None:
        started = (await start(centre, signed(), text="Hello")).of(201)
        found = (await Caller(centre).post(self.PATH, {"channel": "shop", "identity": signed()})).of(200)
        assert (found["conversation_id"], found["returned"]) == (started["conversation_id"], True)
        assert (await Customer(centre, found).state())["conversation_id"] == started["conversation_id"]

    async def test_nothing_is_started(self, centre: Centre) -> None:
        caller, body = Caller(centre), {"channel": "shop", "identity": signed()}
        (await caller.post(self.PATH, body)).problem(404, "not_found")
        customer = Customer(centre, (await start(centre, signed())).of(201))
        await customer.end()
        (await caller.post(self.PATH, body)).problem(404, "not_found")
        assert len(centre.types(customer.stream)) == len(await customer.events())

    async def test_nobody_returns_to_the_conversation_of_somebody_else(self, centre: Centre) -> None:
        (await start(centre, signed())).of(201)
        caller = Caller(centre)
        (await caller.post(self.PATH, {"channel": "shop", "identity": signed(sub="c-8")})).problem(404, "not_found")
        (await caller.post(self.PATH, {"channel": "bank", "identity": signed()})).problem(404, "not_found")
        forged = signed()[:-4] + "AAAA"
        (await caller.post(self.PATH, {"channel": "shop", "identity": forged})).problem(422, "invalid_input")
