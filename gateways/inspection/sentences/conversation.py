"""Sentences about what happens in a conversation."""

from collections.abc import Mapping

from gateways.inspection.sentences.wording import Data, Sentence, because, sender, with_note
from projections import data_in_words

__all__ = ["CONVERSATION_SENTENCES"]

_JOINED = {
    "primary": "answers from now on",
    "assistant": "joined",
    "consultant": "joined unseen by the customer, to be consulted",
    "monitor": "listens in silence",
    "coach": "came to coach",
}


def _started(data: Data, _: str) -> str:
    customer = data["customer"].get("name") or data["customer"].get("id")
    whom = f"Customer {customer}" if customer else "A customer"
    if data.get("direction") == "outbound":
        who = f"customer {customer}" if customer else "a customer"
        return f"A conversation to reach {who} over {data['channel']} started, for queue {data['queue']}"
    meets = f"meets bot {data['bot']}" if data.get("bot") else f"for queue {data['queue']}"
    return f"{whom} started the conversation over {data['channel']}, {meets}"


def _suggested(data: Data, _: str) -> str:
    return f"Bot {data['bot']} suggests: {data_in_words(data['content'])}"


def _agent_requested(data: Data, _: str) -> str:
    if data.get("direction") == "outbound" and data["requested_by"]["type"] == "agent":
        return f"{sender(data['requested_by'])} writes first, by the rules of queue {data['queue']['name']}"
    wanted = f"agent {data['to_agent']}" if data.get("to_agent") else "an agent"
    queue = f"of queue {data['queue']['name']}"
    return f"{sender(data['requested_by'])} asked for {wanted} {queue}{because(data)}{with_note(data)}"


def _assist_requested(data: Data, _: str) -> str:
    wanted = f"agent {data['to_agent']}" if data.get("to_agent") else f"an agent of queue {data['queue']['name']}"
    return f"{data['agent_id']} asked {wanted} for a {data['direction']}{with_note(data)}"


def _ended(data: Data, _: str) -> str:
    wraps_up = "; wrap-up follows" if data["wrap_up"] else ""
    return f"{sender(data['ended_by'])} ended the conversation ({data['reason']}){wraps_up}"


def _wrapped_up(data: Data, _: str) -> str:
    codes = f" with {', '.join(data['codes'])}" if data["codes"] else ""
    how = {"submitted": "", "timeout": " as its time was over", "agent_logout": " by logging out"}[data["reason"]]
    return f"{data['agent_id']} completed the wrap-up{codes}{how}{with_note(data)}"


def _rated(data: Data, _: str) -> str:
    comment = f": {data['comment']}" if data.get("comment") else ""
    return f"The customer rated the conversation {data['score']}{comment}"


def _attributes(data: Data, _: str) -> str:
    """The sentence about changed attributes. When they are masked, one mask stands for all their names."""
    attributes = data["attributes"]
    names = ", ".join(attributes) if isinstance(attributes, Mapping) else attributes
    return f"{sender(data['changed_by'])} changed the attributes {names}"


def _labelled(data: Data, _: str) -> str:
    labels = ", ".join(data["labels"]) or "none"
    return f"{sender(data['changed_by'])} changed the labels to {labels}"


def _receipt(data: Data, _: str) -> str:
    reasons = ": ".join(str(data[name]) for name in ("code", "detail") if data.get(name))
    fate = "on its way, and nobody knows how far" if data["status"] == "unknown" else data["status"]
    return f"Message {fate}, says {sender(data['by'])}" + (f" ({reasons})" if reasons else "")


def _posted(data: Data, _: str) -> str:
    return f"{sender(data['sender'])}: {data_in_words(data['content'])}"


CONVERSATION_SENTENCES: Mapping[str, Sentence] = {
    "ConversationStarted": _started,
    "CustomerReturned": lambda data, _: "The customer came back to the conversation",
    "MessagePosted": _posted,
    "NoteAdded": lambda data, _: f"Note of {data['agent_id']}: {data['text']}",
    "WhisperPosted": lambda data, _: f"{data['agent_id']} whispers: {data['text']}",
    "SuggestionPosted": _suggested,
    "BotReplyDropped": lambda data, _: f"An answer of bot {data['bot']} came too late ({data['reason']})",
    "BotSaidNothing": lambda data, _: f"Bot {data['bot']} answered with nothing ({data['turns']} in a row)",
    "BotFailed": lambda data, _: f"Bot {data['bot']} failed after {data['attempts']} attempts: {data['error']}",
    "BotAssigned": lambda data, _: f"{sender(data['assigned_by'])} gave it to bot {data['bot']}{with_note(data)}",
    "AgentRequested": _agent_requested,
    "QueueChanged": lambda data, _: f"Waits in queue {data['queue']['name']} from now on{because(data)}",
    "AssistRequested": _assist_requested,
    "AssistEnded": lambda data, _: f"The request for another agent is over{because(data)}",
    "AgentJoined": lambda data, _: f"{data['agent_id']} {_JOINED[data['role']]}",
    "AgentRoleChanged": lambda data, _: f"{data['agent_id']} is {data['role']} from now on",
    "AgentLeft": lambda data, _: f"{data['agent_id']} left{because(data)}",
    "HandRaised": lambda data, _: f"{data['agent_id']} asks for a supervisor{because(data)}",
    "HandLowered": lambda data, _: f"{data['agent_id']} needs no supervisor any more",
    "LabelsChanged": _labelled,
    "AttributesChanged": _attributes,
    "ReceiptRecorded": _receipt,
    "CustomerActivityNoticed": lambda data, _: (
        f"The customer {'uploads a file' if data['activity'] == 'upload' else 'types'} and has the whole time again"
    ),
    "CustomerReminded": lambda data, _: (
        f"The customer is reminded at {data['percent']} % of the time, which ends at {data.time('ends_at')}"
    ),
    "AgentReminded": lambda data, _: (
        f"The agent is reminded at {data['percent']} % of the time, which ends at {data.time('ends_at')}"
    ),
    "ConversationEnded": _ended,
    "WrapUpCompleted": _wrapped_up,
    "ConversationRated": _rated,
}
