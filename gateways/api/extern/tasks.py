"""The outside tasks of other applications."""

import msgspec

from gateways.api.call import Call
from gateways.conversations import tasks
from gateways.conversations.request_digest import digest_of
from gateways.http.answer import Answer
from schemas.api.extern import OutsideTask, OutsideTaskRequest
from schemas.events import Customer

__all__ = ["cancel_task", "route_task", "task"]


async def route_task(call: Call, body: OutsideTaskRequest) -> Answer[OutsideTask]:
    """The answer is the task's state at the time of the answer, also when the request is repeated."""
    customer = Customer(**msgspec.structs.asdict(body.customer))
    actor = call.principal.actor
    fields = {**msgspec.structs.asdict(body), "customer": customer}
    wish = tasks.TaskWish(**fields, request_digest=digest_of(body, actor))
    item, replayed = await tasks.route_task(call.services, wish, actor)
    return Answer(_body(item), 201, replayed)


async def task(call: Call) -> Answer[OutsideTask]:
    """An application reads the tasks that it has routed."""
    return Answer(_body(await tasks.read_task(call.services, call.identifier("task_id"), call.principal.actor)))


async def cancel_task(call: Call) -> Answer[None]:
    """An application cancels the tasks that it has routed. An agent who works on the task has nothing left to do but
    the wrap-up. A closed task stays as it is."""
    principal = call.principal
    await tasks.cancel_task(call.services, call.identifier("task_id"), principal.subject, principal.actor)
    return Answer(None, 204)


def _body(item: tasks.WorkItem) -> OutsideTask:
    return OutsideTask(**msgspec.structs.asdict(item))
