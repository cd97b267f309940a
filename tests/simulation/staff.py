"""The actions of agents, and of their supervisors."""

from typing import Literal

from actors.conversation import Conversation
from schemas.commands import (
    AcceptTask,
    AddNote,
    AdmitAgent,
    Announce,
    AssignBot,
    AssistConversation,
    ChangeAttributes,
    ChangeLabels,
    CompleteWrapUp,
    Connect,
    DeclineTask,
    Disconnect,
    EndConversation,
    LeaveConversation,
    LogOut,
    PickTask,
    PostAgentMessage,
    RaiseHand,
    ReportActivity,
    SetMrdState,
    SetState,
    StartOutboundConversation,
    StartOutboundTask,
    SuperviseConversation,
    TransferConversation,
    Whisper,
)
from schemas.content import Sender, TextContent
from schemas.events import Customer
from schemas.identifiers import derived_id
from schemas.records import CENTRE, agent_stream
from tests.simulation.crowd import TEXTS, Action, Crowd, Wish

__all__ = ["AGENTS", "SUPERVISORS"]


def log_in(crowd: Crowd) -> Wish:
    agent_id, idle = crowd.choose(crowd.agents), crowd.choose([None, 30.0])
    command = AdmitAgent(at=crowd.world.now, agent_id=agent_id, idle_logout_seconds=idle, connection_grace_seconds=10.0)
    return crowd.to(CENTRE, command)


def reach_out(crowd: Crowd) -> Wish:
    """Writes to a customer first, at times by an id that is taken."""
    if len(crowd.world.open) >= crowd.most_open:
        return None
    agent_id, queue = crowd.choose(crowd.agents), crowd.queue()
    conversation_id = crowd.choose([crowd.world.new_id(), crowd.world.new_id(), *list(crowd.world.open)[:1]])
    start = StartOutboundConversation(
        at=crowd.world.now,
        conversation_id=conversation_id,
        channel="sms",
        customer=Customer(id=crowd.choose(["c1", "c2"]), verified=True),
        queue=queue,
        task_id=derived_id(conversation_id, "task"),
        message_id=derived_id(conversation_id, "text"),
        request_digest=conversation_id,
        agent_id=agent_id,
        agent_name=agent_id.title(),
        content=TextContent(crowd.choose(TEXTS)),
        inactivity_seconds=crowd.choose([None, 40.0]),
    )
    return crowd.to(agent_stream(agent_id), StartOutboundTask(at=crowd.world.now, start=start))


def log_out(crowd: Crowd) -> Wish:
    choice: dict[str, Literal["close", "transfer"]] = crowd.choose([{}, {"chat": "close"}])
    return crowd.to_agent(lambda _: LogOut(at=crowd.world.now, tasks=choice))


def connect(crowd: Crowd) -> Wish:
    return crowd.to_agent(lambda _: Connect(at=crowd.world.now))


def disconnect(crowd: Crowd) -> Wish:
    return crowd.to_agent(lambda _: Disconnect(at=crowd.world.now))


def move_the_mouse(crowd: Crowd) -> Wish:
    """Those who are warned move it."""
    warned = [agent.agent_id for agent in crowd.world.agents.values() if agent.warned]
    agent_id = crowd.choose(warned or crowd.agents)
    return crowd.to(agent_stream(agent_id), ReportActivity(at=crowd.world.now))


def go_ready(crowd: Crowd) -> Wish:
    return crowd.to_agent(lambda _: SetState(at=crowd.world.now, state="ready"))


def go_not_ready(crowd: Crowd) -> Wish:
    reason = crowd.choose(["lunch", "meeting"])
    return crowd.to_agent(lambda _: SetState(at=crowd.world.now, state="not_ready", reason=reason))


def choose_mrd_state(crowd: Crowd) -> Wish:
    state: Literal["ready", "not_ready"] = crowd.choose(["ready", "ready", "not_ready"])
    mrd = crowd.choose(["chat", "callback"])
    return crowd.to_agent(lambda _: SetMrdState(at=crowd.world.now, mrd=mrd, state=state))


def accept(crowd: Crowd) -> Wish:
    return crowd.of_task("reserved", lambda task_id: AcceptTask(at=crowd.world.now, task_id=task_id))


def decline(crowd: Crowd) -> Wish:
    return crowd.of_task("reserved", lambda task_id: DeclineTask(at=crowd.world.now, task_id=task_id))


def accept_what_is_not_offered(crowd: Crowd) -> Wish:
    held = crowd.held(("reserved", "active", "wrap_up"))
    if not held:
        return None
    _, task_id, _ = crowd.choose(held)
    return crowd.to_agent(lambda _: AcceptTask(at=crowd.world.now, task_id=task_id))


def pick(crowd: Crowd) -> Wish:
    router = crowd.world.routers.get("chat")
    tasks = list(router.tasks) if router else []
    if not tasks:
        return None
    command = PickTask(at=crowd.world.now, task_id=crowd.choose(tasks), agent_id=crowd.choose(crowd.agents))
    return crowd.to("router-chat", command)


def answer(crowd: Crowd) -> Wish:
    content = TextContent(crowd.choose(TEXTS))
    return crowd.as_agent(
        lambda agent_id: PostAgentMessage(
            at=crowd.world.now, message_id=crowd.world.new_id(), agent_id=agent_id, content=content
        )
    )


def note(crowd: Crowd) -> Wish:
    text = crowd.choose(TEXTS)
    return crowd.as_agent(
        lambda agent_id: AddNote(at=crowd.world.now, note_id=crowd.world.new_id(), agent_id=agent_id, text=text)
    )


def describe(crowd: Crowd) -> Wish:
    label, value = crowd.choose(["vip", "parcel"]), crowd.choose([1, None])
    changes = crowd.choose(["label", "unlabel", "attributes"])

    def command(agent_id: str) -> ChangeLabels | ChangeAttributes:
        sender = Sender("agent", agent_id)
        if changes == "attributes":
            return ChangeAttributes(at=crowd.world.now, changed_by=sender, attributes={label: value})
        add, remove = ([label], []) if changes == "label" else ([], [label])
        return ChangeLabels(at=crowd.world.now, changed_by=sender, add=add, remove=remove)

    return crowd.as_agent(command)


def raise_hand(crowd: Crowd) -> Wish:
    raised = crowd.choose([True, False])
    return crowd.as_agent(lambda agent_id: RaiseHand(at=crowd.world.now, agent_id=agent_id, raised=raised))


def transfer(crowd: Crowd) -> Wish:
    queue, to_agent = crowd.queue(), crowd.choose([None, *crowd.agents])
    return crowd.as_agent(
        lambda agent_id: TransferConversation(
            at=crowd.world.now,
            agent_id=agent_id,
            task_id=crowd.world.new_id(),
            queue=queue,
            to_agent=to_agent,
            note="please",
        )
    )


def hand_back(crowd: Crowd) -> Wish:
    return crowd.as_agent(
        lambda agent_id: AssignBot(at=crowd.world.now, agent_id=agent_id, bot="greeter", suggests=True)
    )


def ask_a_colleague(crowd: Crowd) -> Wish:
    queue, to_agent = crowd.queue(), crowd.choose([None, *crowd.agents])
    direction: Literal["consult", "conference"] = crowd.choose(["consult", "conference"])
    return crowd.as_agent(
        lambda agent_id: AssistConversation(
            at=crowd.world.now,
            agent_id=agent_id,
            task_id=crowd.world.new_id(),
            direction=direction,
            queue=queue,
            to_agent=to_agent,
        )
    )


def leave(crowd: Crowd) -> Wish:
    return crowd.as_agent(lambda agent_id: LeaveConversation(at=crowd.world.now, agent_id=agent_id))


def end(crowd: Crowd) -> Wish:
    return crowd.as_agent(
        lambda agent_id: EndConversation(at=crowd.world.now, ended_by=Sender("agent", agent_id), reason="agent_ended")
    )


def wrap_up(crowd: Crowd) -> Wish:
    return crowd.as_agent(
        lambda agent_id: CompleteWrapUp(at=crowd.world.now, agent_id=agent_id, codes=["sale"]), ("wrap_up",)
    )


def meddle(crowd: Crowd) -> Wish:
    """Lets an agent write in a conversation in which another agent may be at work."""
    agent_id, content = crowd.choose(crowd.agents), TextContent(crowd.choose(TEXTS))
    return crowd.of_conversation(
        lambda _: PostAgentMessage(
            at=crowd.world.now, message_id=crowd.world.new_id(), agent_id=agent_id, content=content
        )
    )


def supervise(crowd: Crowd) -> Wish:
    agent_id, queue = crowd.choose(crowd.agents), crowd.queue()
    mode: Literal["monitor", "barge_in", "take_over"] = crowd.choose(["monitor", "monitor", "barge_in", "take_over"])

    def command(conversation: Conversation) -> SuperviseConversation:
        return SuperviseConversation(
            at=crowd.world.now,
            agent_id=agent_id,
            agent_name=agent_id.title(),
            task_id=crowd.world.new_id(),
            mode=mode,
            queue=conversation.task.queue if conversation.task else queue,
        )

    return crowd.of_conversation(command)


def whisper(crowd: Crowd) -> Wish:
    text = crowd.choose(TEXTS)
    return crowd.as_agent(
        lambda agent_id: Whisper(at=crowd.world.now, message_id=crowd.world.new_id(), agent_id=agent_id, text=text)
    )


def force_end(crowd: Crowd) -> Wish:
    ender = Sender("agent", crowd.choose(crowd.agents))
    return crowd.of_conversation(
        lambda _: EndConversation(at=crowd.world.now, ended_by=ender, reason="force_closed", forced=True)
    )


def announce(crowd: Crowd) -> Wish:
    return crowd.to_agent(
        lambda _: Announce(
            at=crowd.world.now, announcement_id=crowd.world.new_id(), announced_by="agent0", text="Cake!"
        )
    )


AGENTS: dict[Action, float] = {
    log_in: 5,
    log_out: 1,
    connect: 2,
    disconnect: 1,
    move_the_mouse: 4,
    go_ready: 9,
    go_not_ready: 1,
    choose_mrd_state: 2,
    accept: 15,
    decline: 1,
    accept_what_is_not_offered: 1,
    pick: 3,
    reach_out: 2,
    answer: 14,
    note: 2,
    describe: 1,
    raise_hand: 2,
    transfer: 2,
    hand_back: 1,
    ask_a_colleague: 2,
    leave: 1,
    end: 7,
    wrap_up: 2,
    meddle: 1,
}
SUPERVISORS: dict[Action, float] = {supervise: 3, whisper: 1, force_end: 1, announce: 1}
"""The actions of agents and supervisors, each with its frequency relative to the others."""
