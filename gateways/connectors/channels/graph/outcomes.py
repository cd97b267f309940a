"""What became of a call of the Graph API. Each channel knows what its codes mean; the rest is the same."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from gateways.connectors.channels.calling import ProviderAnswer, retry_after_of
from gateways.connectors.channels.connector import Finding
from gateways.connectors.channels.graph.calling import SUCCESS, GraphError, error_of
from gateways.outbox.outcome import Outcome, OutcomeKind

__all__ = ["Judge", "Verdict", "by_code", "fault_of", "outcome_of", "refusal_of"]

_TOO_MANY = 429
_TIMED_OUT = 408
_REFUSED_SERVER = (401, 403, 404)
"""Without an error of the Graph API, a wrong address answers so too."""


class Verdict(NamedTuple):
    """What an error means for a message. ``words`` are the server's own: the provider's may repeat what they should
    not."""

    kind: OutcomeKind
    words: str


Judge = Callable[[GraphError], Verdict | None]
"""Says what an error means on a channel; None where the channel does not list it."""


def outcome_of(answer: ProviderAnswer, judge: Judge, provider_id: str | None) -> Outcome:
    """The outcome of sending a message. ``provider_id`` is the id that the answer holds: a success without one is no
    answer of the Graph API's, and nobody knows what it means."""
    if answer.status not in SUCCESS:
        return refusal_of(answer, judge)
    if provider_id is None:
        return Outcome(kind="unknown", detail="the answer holds no id of the message")
    return Outcome(kind="delivered", provider_id=provider_id)


def refusal_of(answer: ProviderAnswer, judge: Judge) -> Outcome:
    """The outcome of a call that did not succeed."""
    error = error_of(answer)
    verdict = (judge(error) if error else None) or _by_status(answer.status, error)
    return Outcome(
        kind=verdict.kind,
        code=error.name if error else str(answer.status),
        detail=verdict.words,
        retry_after=retry_after_of(answer.headers) if verdict.kind == "try_again" else None,
    )


def fault_of(answer: ProviderAnswer, judge: Judge, what: str) -> Finding:
    """What a check says of a call that did not succeed."""
    refusal = refusal_of(answer, judge)
    return Finding("fault", f"{what}: {refusal.detail} (code {refusal.code})")


def _by_status(status: int, error: GraphError | None) -> Verdict:
    """An answer of 5xx that is not the Graph API's may come from a gateway before it, which does not know what the
    Graph API has done."""
    if status == _TOO_MANY or (error and (error.is_transient or status >= 500)):
        return Verdict("try_again", "Meta cannot take the call now")
    if error is None and (status == _TIMED_OUT or status >= 500):
        return Verdict("unknown", f"the answer is not Meta's, but one with status {status}")
    if status < 400 or status in ((401, 403) if error else _REFUSED_SERVER):
        return Verdict("configuration_fault", "Meta does not accept the server's access")
    return Verdict("message_refused", "Meta does not accept the message")


def by_code(verdicts: Mapping[OutcomeKind, Mapping[int, str]]) -> dict[int, Verdict]:
    """A table by kind as one by code."""
    return {code: Verdict(kind, words) for kind, codes in verdicts.items() for code, words in codes.items()}
