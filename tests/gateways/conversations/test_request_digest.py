"""The digest that tells a repeated request from another one with the same id."""

from typing import Any

import pytest

from gateways.conversations.request_digest import digest_of
from gateways.conversations.starting import Start
from gateways.exceptions import RefusedError
from schemas.actors import CUSTOMER
from schemas.events import Customer
from schemas.replies import RefusalCode


def start_with(**fields: Any) -> Start:
    return Start(**{"channel": "web", "request_digest": "", **fields})


def test_the_digest_is_the_same_for_the_same_fields_in_any_order() -> None:
    first = digest_of(start_with(attributes={"a": 1, "b": {"c": 2, "d": 3}}), CUSTOMER)
    assert digest_of(start_with(attributes={"b": {"d": 3, "c": 2}, "a": 1}), CUSTOMER) == first
    assert digest_of(start_with(attributes={"a": 1, "b": {"c": 2, "d": 4}}), CUSTOMER) != first
    assert digest_of(start_with(customer=Customer(id="c-7")), CUSTOMER) != digest_of(
        start_with(customer=Customer(id="c-8")), CUSTOMER
    )


def test_the_same_request_of_another_caller_has_another_digest() -> None:
    body = start_with(attributes={"a": 1})
    assert digest_of(body, "connector:sms") != digest_of(body, "connector:mail")


def test_a_field_that_nests_too_deeply_to_be_written_is_refused() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    for fields, path in (
        ({"attributes": {"a": deep}}, "attributes"),
        ({"customer": Customer(attributes={"a": deep})}, "customer.attributes"),
    ):
        with pytest.raises(RefusedError) as caught:
            digest_of(start_with(**fields), CUSTOMER)
        assert caught.value.code is RefusalCode.INVALID_INPUT
        assert [error.path for error in caught.value.errors] == [path]
