"""What became of a call, by its status and its error."""

import msgspec
import pytest

from gateways.connectors.channels.calling import ProviderAnswer
from gateways.connectors.channels.graph.calling import GraphError, error_of
from gateways.connectors.channels.graph.outcomes import Verdict, fault_of, outcome_of
from gateways.outbox.outcome import OutcomeKind


def _answer(status: int, error: object = None, **headers: str) -> ProviderAnswer:
    body = b"<html>Bad gateway</html>" if error is None else msgspec.json.encode({"error": error})
    return ProviderAnswer(status, {name.replace("_", "-"): value for name, value in headers.items()}, body)


def _nothing_listed(error: GraphError) -> Verdict | None:
    return None


@pytest.mark.parametrize(
    ("status", "error", "kind"),
    [
        (500, {"code": 999}, "try_again"),
        (400, {"code": 999, "is_transient": True}, "try_again"),
        (429, {"code": 999}, "try_again"),
        (429, None, "try_again"),
        (500, None, "unknown"),
        (502, None, "unknown"),
        (408, None, "unknown"),
        (503, {"code": "no number"}, "unknown"),
        (302, None, "configuration_fault"),
        (401, None, "configuration_fault"),
        (403, {"code": 999}, "configuration_fault"),
        (404, None, "configuration_fault"),
        (404, {"code": 999}, "message_refused"),
        (400, {"code": 999}, "message_refused"),
        (413, None, "message_refused"),
    ],
)
def test_a_code_that_is_not_listed_counts_by_the_status(status: int, error: object, kind: OutcomeKind) -> None:
    assert outcome_of(_answer(status, error), _nothing_listed, None).kind == kind


def test_a_success_holds_the_id_or_nobody_knows() -> None:
    success = ProviderAnswer(200, {}, b"{}")
    delivered = outcome_of(success, _nothing_listed, "wamid.1")
    assert (delivered.kind, delivered.provider_id) == ("delivered", "wamid.1")
    assert outcome_of(success, _nothing_listed, None).kind == "unknown"


def test_only_what_may_be_tried_again_says_when() -> None:
    later = outcome_of(_answer(429, {"code": 4}, Retry_After="17"), _nothing_listed, None)
    assert (later.retry_after, later.code) == (17.0, "4")
    never = outcome_of(_answer(400, {"code": 100}, Retry_After="17"), _nothing_listed, None)
    assert never.retry_after is None


def test_the_provider_s_words_are_not_repeated() -> None:
    error = {"code": 190, "message": "Malformed access token EAAGsecret", "error_user_msg": "my diagnosis"}
    outcome = outcome_of(_answer(401, error), _nothing_listed, None)
    finding = fault_of(_answer(401, error), _nothing_listed, "the token")
    assert "EAAG" not in f"{outcome}{finding}"
    assert "diagnosis" not in f"{outcome}{finding}"
    assert finding.status == "fault"


def test_the_code_has_its_subcode() -> None:
    answer = _answer(403, {"code": 10, "error_subcode": 2534022, "message": "…"})
    assert error_of(answer) == GraphError(code=10, error_subcode=2534022)
    assert outcome_of(answer, _nothing_listed, None).code == "10/2534022"
