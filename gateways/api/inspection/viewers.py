"""The viewers of inspection: the personal data that they see, and the zone of their clock."""

from functools import lru_cache

from gateways.api.call import Call
from gateways.api.zone_parameter import zone_of
from gateways.conversations.reading import rebuild_conversation
from gateways.conversations.rights import may_supervise, may_supervise_conversation, took_part
from gateways.identity.personal import sees_personal
from gateways.inspection.viewer import STRANGER, SUPERUSER, Viewer
from projections import ConversationView
from schemas.records import category_of, entity_id_of

__all__ = ["viewer_of"]

_MAX_REMEMBERED = 1_000


def viewer_of(call: Call) -> Viewer:
    """Callers with the right to personal data see all of it. Supervisors see what the Agent API shows them: the
    conversations that they may supervise, those in which they took part, and their agents. Other callers see none."""
    principal, services, zone = call.principal, call.services, zone_of(call)
    if sees_personal(principal, services.configuration):
        return SUPERUSER._replace(zone=zone)
    if principal.role != "supervisor":
        return STRANGER._replace(zone=zone)

    @lru_cache(_MAX_REMEMBERED)
    def rebuilt(conversation_id: str) -> ConversationView | None:
        """A conversation that the live view no longer has is over and stays as it is."""
        return rebuild_conversation(services.journal, conversation_id)

    def sees_conversation(conversation_id: str) -> bool:
        view = services.conversations.get(conversation_id) or rebuilt(conversation_id)
        return view is not None and (
            took_part(services, principal.subject, view) or may_supervise_conversation(services, principal, view)
        )

    def sees(stream: str) -> bool:
        match category_of(stream):
            case "conversation":
                return sees_conversation(entity_id_of(stream))
            case "agent":
                return may_supervise(services, principal, entity_id_of(stream))
        return True

    return Viewer(sees, not services.configuration.teams, zone)
