"""The outside tasks of other applications."""

import msgspec

from gateways.api.call import Call
from gateways.conversations import tasks
from gateways.conversations.request_digest import digest_of
from gateways.http.answer import Answer
from schemas.actors import application_actor
from schemas.api.extern import OutsideTask, OutsideTaskRequest
from schemas.events import Customer

__all__ = ["cancel_task", "route_task", "task"]


async def route_task(call: Call, body: OutsideTaskRequest) -> Answer[OutsideTask]:
    """The answer is the task's state at the time of the answer, also when the request is repeated."""
    customer = Customer(**msgspec.structs.asdict(body.customer))
    wish = tasks.TaskWish(**{**msgspec.structs.asdict(body), "customer": customer}, request_digest=digest_of(body))
    item, replayed = await tasks.route_task(call.services, wish, application_actor(call.principal.subject))
    return Answer(_body(item), 201, replayed)


async def task(call: Call) -> Answer[OutsideTask]:
    return Answer(_body(await tasks.read_task(call.services, call.identifier("task_id"))))


async def cancel_task(call: Call) -> Answer[None]:
    """An agent who works on the task has nothing left to do but the wrap-up. A closed task stays as it is."""
    application = call.principal.subject
    await tasks.cancel_task(call.services, call.identifier("task_id"), application, application_actor(application))
    return Answer(None, 204)


def _body(item: tasks.WorkItem) -> OutsideTask:
    return OutsideTask(**msgspec.structs.asdict(item))
