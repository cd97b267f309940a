"""An administrator gives any webhook a secret, and has an example sent to it."""

import pytest

from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import NO_BOT, Centre

pytestmark = pytest.mark.asyncio

PATH = "/admin/v1/webhooks/crm"


async def test_secrets_are_made_for_any_webhook_but_those_of_the_settings(centre: Centre) -> None:
    root = await Administrator.come(centre)
    (await root.post(f"{PATH}/rotate-secret")).problem(404, "not_found")
    (await root.configure("webhooks/crm", {"url": NO_BOT})).of(201)
    secret = (await root.post(f"{PATH}/rotate-secret")).of(200)["secret"]
    newer = (await root.post(f"{PATH}/rotate-secret")).of(200)["secret"]
    assert centre.services.webhook_secrets.of("crm") == [newer, secret]
    assert secret not in str(centre.services.journal.read_all())


async def test_an_example_is_not_sent_unsigned(centre: Centre) -> None:
    root = await Administrator.come(centre)
    (await root.post(f"{PATH}/test")).problem(404, "not_found")
    (await root.configure("webhooks/crm", {"url": NO_BOT})).of(201)
    assert "secret" in (await root.post(f"{PATH}/test")).of(200)["failure"]
    (await root.post(f"{PATH}/rotate-secret")).of(200)
    assert "private" in (await root.post(f"{PATH}/test")).of(200)["failure"]
