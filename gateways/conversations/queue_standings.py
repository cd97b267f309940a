"""How queues stand: who waits, who may serve them, and whether anybody ever will."""

from datetime import datetime

import msgspec

from gateways.conversations.opening_hours import opening_now, out_of_hours
from gateways.exceptions import RefusedError
from gateways.services import Services
from schemas.replies import RefusalCode

__all__ = ["QueueStanding", "agents_logged_in", "list_queues", "require_eligible", "require_served"]


class QueueStanding(msgspec.Struct, frozen=True, kw_only=True):
    """Agents are ``eligible`` who may ever be offered tasks of the queue, ``ready`` who have room for one now;
    ``free_slots`` is the room of these. The estimated wait is that of a customer who comes now, if the queue is open
    and there is something to base it on."""

    queue: str
    mrd: str
    open: bool
    waiting: int
    offered: int
    scheduled: int
    agents_eligible: int
    agents_logged_in: int
    agents_ready: int
    free_slots: int
    oldest: datetime | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    estimated_wait_seconds: float | None = None


def list_queues(services: Services) -> list[QueueStanding]:
    """All configured queues."""
    return [_standing(services, queue) for queue in services.configuration.queues]


def _standing(services: Services, queue: str) -> QueueStanding:
    mrd, now = services.configuration.queues[queue].mrd, services.clock()
    view, staff = services.queues.view(queue, mrd), services.views.staff_of(queue)
    opening = opening_now(services, queue)
    return QueueStanding(
        queue=queue,
        mrd=mrd,
        open=opening.open,
        waiting=view.waiting,
        offered=view.offered,
        scheduled=view.scheduled,
        agents_eligible=staff.eligible,
        agents_logged_in=staff.logged_in,
        agents_ready=staff.ready,
        free_slots=staff.free_slots,
        oldest=view.oldest,
        opens_at=opening.opens_at,
        closes_at=opening.closes_at,
        estimated_wait_seconds=services.queues.estimated_wait(mrd, queue, now) if opening.open else None,
    )


def agents_logged_in(services: Services, queue: str) -> int:
    """How many agents who may ever be offered tasks of the queue are logged in; none for a queue that was removed."""
    return services.views.staff_of(queue).logged_in if queue in services.configuration.queues else 0


def require_served(services: Services, queue: str, *, without: str | None = None) -> None:
    """Raises RefusedError for a queue that is closed, or of which no configured agent (``without`` this one) may ever
    be offered a task: who waits there waits for nothing. The caller may override it."""
    closed = out_of_hours(services, queue)
    if closed is not None:
        detail = f"{closed.detail}; override it to let the task wait until then"
        raise RefusedError(RefusalCode.OUT_OF_HOURS, detail, more=closed.more)
    require_eligible(services, queue, without=without)


def require_eligible(services: Services, queue: str, *, without: str | None = None) -> None:
    """Raises RefusedError for a queue of which no configured agent (``without`` this one) may ever be offered a
    task."""
    if not services.configuration.eligible_agents(queue) - {without}:
        other = "no other agent" if without is not None else "no agent"
        detail = f"{other} works for the queue {queue}: give one its MRD and its attributes, or override it"
        raise RefusedError(RefusalCode.NOBODY_ELIGIBLE, detail)
