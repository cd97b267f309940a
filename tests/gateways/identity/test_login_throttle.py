"""Failed logins are slowed down by account and by address."""

from collections.abc import Iterator

import pytest

from gateways.exceptions import RefusedError
from gateways.identity.login_throttle import LoginThrottle, network_of
from schemas.replies import RefusalCode

HOME, OFFICE = "2001:db8:1:2::17", "192.0.2.1"


@pytest.fixture
def throttle() -> LoginThrottle:
    return LoginThrottle(3)


def fail(throttle: LoginThrottle, account: str, address: str, times: int = 1) -> int:
    """Fails so often, and returns how many of these attempts were not refused."""
    tried = 0
    for _ in range(times):
        try:
            throttle.check(account, address)
        except RefusedError as refused:
            seconds = refused.retry_after or 0
            assert (refused.code, seconds >= 60) == (RefusalCode.TOO_MANY_REQUESTS, True)  # noqa: PT017 - or none
            continue
        throttle.failed(account, address)
        tried += 1
    return tried


def addresses() -> Iterator[str]:
    for number in range(1, 250):
        yield f"198.51.100.{number}"


def test_an_account_at_one_address_may_fail_a_few_times(throttle: LoginThrottle) -> None:
    assert fail(throttle, "alice", OFFICE, 10) == 3
    assert fail(throttle, "alice", HOME) == 1


def test_an_account_cannot_be_tried_from_many_addresses(throttle: LoginThrottle) -> None:
    assert sum(fail(throttle, "alice", address) for address in addresses()) == 6
    assert fail(throttle, "bob", next(addresses())) == 1


def test_an_address_cannot_try_many_accounts(throttle: LoginThrottle) -> None:
    assert sum(fail(throttle, f"agent-{number}", OFFICE) for number in range(50)) == 3
    assert fail(throttle, "alice", HOME) == 1


def test_one_colleague_does_not_lock_out_the_office(throttle: LoginThrottle) -> None:
    fail(throttle, "bob", OFFICE, 100)
    throttle.check("alice", OFFICE)


def test_an_account_is_not_locked_out_where_it_is_familiar(throttle: LoginThrottle) -> None:
    throttle.succeeded("alice", OFFICE)
    for address in addresses():
        fail(throttle, "alice", address)
    for number in range(50):
        fail(throttle, f"agent-{number}", OFFICE)
    throttle.check("alice", OFFICE)
    assert fail(throttle, "alice", OFFICE, 10) == 3
    with pytest.raises(RefusedError):
        throttle.check("alice", HOME)


def test_a_successful_login_resets_the_count_of_the_account(throttle: LoginThrottle) -> None:
    fail(throttle, "alice", OFFICE, 2)
    throttle.succeeded("alice", OFFICE)
    assert fail(throttle, "alice", OFFICE, 10) == 3


def test_a_namesake_is_familiar_nowhere(throttle: LoginThrottle) -> None:
    throttle.succeeded("alice", OFFICE)
    throttle.forget("alice")
    assert sum(fail(throttle, "alice", address) for address in addresses()) == 6
    with pytest.raises(RefusedError):
        throttle.check("alice", OFFICE)


def test_all_unicode_forms_of_a_name_are_one_account(throttle: LoginThrottle) -> None:
    forms = ("alice", "\uff41\uff4c\uff49\uff43\uff45")
    assert sum(fail(throttle, name, OFFICE, 3) for name in forms) == 3


def test_without_a_limit_nothing_is_refused() -> None:
    throttle = LoginThrottle(0)
    assert fail(throttle, "alice", OFFICE, 500) == 500
    throttle.succeeded("alice", OFFICE)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.1", "192.0.2.2", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("", "", True),
        ("a name", "another", False),
    ],
)
def test_a_network_of_ipv6_counts_as_one_address(one: str, other: str, same: bool) -> None:
    assert (network_of(one) == network_of(other)) is same
