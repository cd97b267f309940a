"""The answer of ``GET /agent/v1/me`` brought up to date by the events of the agent's feed, as desktops do it."""

from typing import Any

__all__ = ["reduced", "reduced_agent"]

Body = dict[str, Any]


_SUPERVISING = ("monitor", "barge_in")
"""The directions of the tasks by which supervisors take part; these take none of an agent's places."""


def reduced_agent(me: Body, event: Body) -> Body:
    """The states and tasks after the event of the agent's own stream."""
    data, tasks = event["data"], list(me["tasks"])
    others = [task for task in tasks if task["task_id"] != data.get("task_id")]
    after = dict(me)
    match event["type"]:
        case "AgentStateChanged":
            after |= {"state": data["state"], "reason": data.get("reason")}
        case "AgentMrdStateRequested":
            reason = data["reason"] if data["state"] == "not_ready" else None
            after["mrds"] = [_of_mrd(each, data["mrd"], reason=reason) for each in me["mrds"]]
        case "AgentMrdStateChanged":
            after["mrds"] = [_of_mrd(each, data["mrd"], state=data["state"]) for each in me["mrds"]]
        case "TaskReserved" | "TaskAssignedDirectly":
            after["tasks"] = [*others, _held(data)]
        case "TaskAccepted":
            after["tasks"] = [_in_state(task, data, "active") for task in tasks]
        case "WrapUpStarted":
            after["tasks"] = [_in_state(task, data, "wrap_up", data["expires_at"]) for task in tasks]
        case "TaskDeclined" | "OfferExpired" | "OfferWithdrawn" | "TaskClosed":
            after["tasks"] = others
    counted = [task["mrd"] for task in after["tasks"] if task.get("direction") not in _SUPERVISING]
    after["mrds"] = [{**each, "tasks": counted.count(each["mrd"])} for each in after["mrds"]]
    return after


def _of_mrd(body: Body, mrd: str, **changed: Any) -> Body:
    after = {**body, **changed} if body["mrd"] == mrd else body
    return {name: value for name, value in after.items() if value is not None}


def _held(data: Body) -> Body:
    names = ("task_id", "conversation_id", "mrd", "queue", "expires_at", "direction")
    held = {"state": "active", **{name: data[name] for name in (*names, "state") if name in data}}
    return {name: value for name, value in held.items() if (name, value) != ("direction", "inbound")}


def _in_state(task: Body, data: Body, state: str, expires_at: str | None = None) -> Body:
    if task["task_id"] != data["task_id"]:
        return task
    after = {**task, "state": state, "expires_at": expires_at}
    return {name: value for name, value in after.items() if value is not None}


def reduced(body: Body, event: Body, reader: str) -> Body:
    """The conversation after the event, as the agent ``reader`` sees it. What is not read yet is known by its ids,
    which a desktop has from the events: the body of ``GET /agent/v1/me`` only counts it."""
    after, data = {**body, "version": event["version"]}, event["data"]
    match event["type"]:
        case "MessagePosted":
            after |= {
                "messages": body["messages"] + 1,
                "last_message": data["content"]["text"][:120],
                "last_message_at": event["at"],
                "last_message_by": data["sender"]["type"],
            }
            if data["sender"]["type"] == "customer":
                after.setdefault("unanswered_since", event["at"])
            elif data["sender"]["type"] in ("agent", "bot"):
                after.pop("unanswered_since", None)
        case "AgentRequested":
            after |= {"status": "waiting_for_agent", "queue": data["queue"]["name"], "mrd": data["queue"]["mrd"]}
        case "LabelsChanged":
            after["labels"] = data["labels"]
        case "HandRaised":
            hand = {name: data[name] for name in ("agent_id", "reason") if data.get(name) is not None}
            after["hands"] = [*_without(body.get("hands", []), "agent_id", data["agent_id"]), hand]
        case "HandLowered":
            after["hands"] = _without(body.get("hands", []), "agent_id", data["agent_id"])
        case "AgentJoined":
            joined = {"type": "agent", "role": data["role"], "id": data["agent_id"], "name": data["agent_name"]}
            after["participants"] = _with_agent(body["participants"], joined)
            _follow_role(after, data)
        case "AgentRoleChanged":
            (before,) = [each for each in body["participants"] if each.get("id") == data["agent_id"]]
            after["participants"] = _with_agent(body["participants"], {**before, "role": data["role"]})
            _follow_role(after, data)
        case "AgentLeft":
            after["participants"] = _without(body["participants"], "id", data["agent_id"])
            after["hands"] = _without(body.get("hands", []), "agent_id", data["agent_id"])
        case "ConversationEnded":
            after |= {"status": "wrap_up" if data["wrap_up"] else "ended", "end_reason": data["reason"]}
            after["ended_at"] = event["at"]
            after.pop("unanswered_since", None)
    _expect(after, event)
    _count_unread(after, event, reader)
    return {name: value for name, value in after.items() if value not in ([], None, 0)}


def _follow_role(after: Body, data: Body) -> None:
    if data["role"] == "primary":
        after["status"] = "with_agent"


def _expect(after: Body, event: Body) -> None:
    data, before = event["data"], after.get("expected")
    match event["type"]:
        case "CustomerActivityNoticed" | "BotAssigned":
            after["expected"] = data.get("expects")
        case "AgentJoined" if data["role"] == "primary":
            after["expected"] = data.get("expects")
        case "AgentRoleChanged" if data["role"] == "primary" and (data.get("expects") or _of(before) == "agent"):
            after["expected"] = data.get("expects")
        case "MessagePosted" if data.get("expects") or _of(before) == data["sender"]["type"]:
            after["expected"] = data.get("expects")
        case "AgentRequested" | "ConversationEnded":
            after["expected"] = None


def _of(expected: Body | None) -> str | None:
    return None if expected is None else expected["of"]


def _count_unread(after: Body, event: Body, reader: str) -> None:
    """``_unread`` holds the ids of what is not read yet."""
    unread, data = list(after.get("_unread", [])), event["data"]
    match event["type"]:
        case "MessagePosted" if data["sender"]["type"] == "agent" and data["sender"]["id"] == reader:
            unread = []
        case "MessagePosted" if data["sender"]["type"] != "system":
            unread.append(data["message_id"])
        case "NoteAdded":
            unread = [] if data["agent_id"] == reader else [*unread, data["note_id"]]
        case "WhisperPosted":
            unread = [] if data["agent_id"] == reader else [*unread, data["message_id"]]
        case "ReceiptRecorded" if data["status"] == "read" and data["by"].get("id") == reader:
            if data["message_id"] in unread:
                unread = unread[unread.index(data["message_id"]) + 1 :]
        case "AgentLeft" if data["agent_id"] == reader:
            unread = []
    after |= {"_unread": unread, "unread": len(unread)}


def _with_agent(participants: list[Body], agent: Body) -> list[Body]:
    """Agents keep their places."""
    known = any(each.get("id") == agent["id"] for each in participants)
    return [agent if each.get("id") == agent["id"] else each for each in participants] + ([] if known else [agent])


def _without(items: list[Body], name: str, value: str) -> list[Body]:
    return [item for item in items if item.get(name) != value]
