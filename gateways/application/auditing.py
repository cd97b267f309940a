"""The audit lines of requests, from the declarations of their endpoints."""

from gateways.api.call import Call
from gateways.http.answer import Answer
from gateways.http.audit import audit
from gateways.http.endpoints import Endpoint, Feed
from gateways.http.problems import Problem

__all__ = ["audit_answer", "audit_problem"]

_REFUSALS = (401, 403)
_ROUTINE = ("token_expired", "session_ended")
"""Every client that has paused for long gets these, and logs in again."""
_SUBJECTS = ("name", "event_id", "delivery_id", "target", "webhook_id")
"""The parts of paths that name what a request is about."""


def audit_answer(endpoint: Endpoint, call: Call, body: object, answer: object) -> None:
    """Writes the line of a request that succeeded, if its endpoint is audited."""
    if endpoint.audited is not None:
        audit(endpoint.audited, by=_caller(call), subject=_subject(call, body, answer), address=call.address)


def audit_problem(endpoint: Endpoint | Feed, call: Call, body: object, problem: Problem) -> None:
    """Writes the line of a login that failed, or of an access that was refused."""
    if problem.status not in _REFUSALS or problem.code in _ROUTINE:
        return
    if isinstance(endpoint, Endpoint) and endpoint.audited == "login":
        audit("login_failed", subject=_subject(call, body, None), address=call.address, code=problem.code)
        return
    audit(
        "access_refused",
        by=_caller(call),
        operation=f"{endpoint.method} {endpoint.path}",
        address=call.address,
        code=problem.code,
    )


def _caller(call: Call) -> str:
    """The caller as recorded events name it; empty if it is not known who calls."""
    principal = getattr(call, "principal", None)
    return "" if principal is None else str(principal.actor)


def _subject(call: Call, body: object, answer: object) -> str:
    """The agent, the key, the recorded event, the delivery, the target or the webhook that the request is about: in its
    body, in its answer or in its path."""
    opened = getattr(answer.body, "agent", None) if isinstance(answer, Answer) else None
    for holder, name in ((opened, "agent_id"), (body, "username")):
        if isinstance(found := getattr(holder, name, None), str):
            return found
    path = call.scope["path_params"]
    return next((str(path[part]) for part in _SUBJECTS if part in path), "")
