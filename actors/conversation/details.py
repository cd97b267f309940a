"""Labels and attributes."""

from actors.conversation.messages import not_participant
from actors.conversation.state import Conversation
from actors.decider import Decision, refuse
from schemas.commands import ChangeAttributes, ChangeLabels
from schemas.content import Sender
from schemas.events import AttributesChanged, ConversationEvent, LabelsChanged
from schemas.replies import Done, RefusalCode

__all__ = ["MAX_LABELS", "change_attributes", "change_labels"]

MAX_LABELS = 50


def change_labels(state: Conversation, command: ChangeLabels) -> Decision[ConversationEvent]:
    if _is_stranger(state, command.changed_by):
        return not_participant(state)
    labels = [label for label in state.labels if label not in command.remove]
    labels += [label for label in dict.fromkeys(command.add) if label not in labels]
    if labels == state.labels:
        return Decision(reply=Done(state.version, replayed=True))
    if len(labels) > MAX_LABELS:
        return refuse(RefusalCode.TOO_MANY_LABELS, f"a conversation has at most {MAX_LABELS} labels")
    return Decision([LabelsChanged(labels=labels, changed_by=command.changed_by)], reply=Done(state.version + 1))


def change_attributes(state: Conversation, command: ChangeAttributes) -> Decision[ConversationEvent]:
    if _is_stranger(state, command.changed_by):
        return not_participant(state)
    changed = {name: value for name, value in command.attributes.items() if state.attributes.get(name) != value}
    if not changed:
        return Decision(reply=Done(state.version, replayed=True))
    event = AttributesChanged(attributes=changed, changed_by=command.changed_by)
    return Decision([event], reply=Done(state.version + 1))


def _is_stranger(state: Conversation, sender: Sender) -> bool:
    """True for an agent who neither takes part nor served last."""
    return sender.type == "agent" and sender.id not in state.agents and sender.id != state.served_by
