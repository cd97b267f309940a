"""The list of the conversations that an agent or an application may see."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from gateways.conversations.reading import find_conversation, look_up_conversation
from gateways.conversations.rights import may_see
from gateways.conversations.searching import search_conversations
from gateways.exceptions import RefusedError, invalid_field
from gateways.http.principal import Principal
from gateways.services import Services
from projections import ConversationView
from schemas.events import Customer

__all__ = ["ConversationFilter", "ConversationPage", "list_conversations", "list_previous"]

_MAX_PREVIOUS = 20
_MAX_EXAMINED = 1_000


class ConversationFilter(msgspec.Struct, frozen=True, kw_only=True):
    """A field that is None does not restrict the list. ``customer`` is the id of a customer who is proven to have it.
    One of the ``members`` of a team takes or took part. ``text`` is looked for in all messages, in the id and in what
    customers say of themselves (see ``search_conversations``)."""

    status: str | None = None
    channel: str | None = None
    agent: str | None = None
    queue: str | None = None
    members: frozenset[str] | None = None
    customer: str | None = None
    label: str | None = None
    hand_raised: bool | None = None
    text: str | None = None

    def matches(self, view: ConversationView) -> bool:
        """Whether the conversation is wanted, whatever its text."""
        return (
            self.status in (None, view.status)
            and self.channel in (None, view.channel)
            and (self.agent is None or self.agent in view.taken_part)
            and self.queue in (None, view.queue)
            and (self.members is None or not self.members.isdisjoint(view.taken_part))
            and (self.customer is None or _is_proven_to_be(view.customer, self.customer))
            and (self.label is None or self.label in view.labels)
            and self.hand_raised in (None, bool(view.hands))
        )


class ConversationPage(NamedTuple):
    """``next`` is the conversation after which the following page begins; None on the last."""

    conversations: list[ConversationView]
    next: str | None


async def list_conversations(
    services: Services, principal: Principal, wanted: ConversationFilter, after: str | None, limit: int
) -> ConversationPage:
    """The conversations that the caller may see (see ``may_see``), newest first. The page begins after the conversation
    ``after``, even when that no longer matches. Raises RefusedError when ``after`` is not known."""
    start = None if after is None else await _position_of(services, after)
    if wanted.text is not None and wanted.text.strip():
        return await _searched(services, principal, wanted, wanted.text, start, limit)
    page: list[ConversationView] = []
    for view in _matching(services, principal, wanted):
        if start is not None and view.position >= start:
            continue
        if len(page) == limit:
            return ConversationPage(page, page[-1].conversation_id)
        page.append(view)
    return ConversationPage(page, None)


def list_previous(services: Services, view: ConversationView) -> list[ConversationView]:
    """The conversations before this one that are proven to be of its customer, newest first."""
    others = services.conversations.of_same_customer(view)
    return [other for other in others if other.position < view.position][:_MAX_PREVIOUS]


async def _searched(
    services: Services, principal: Principal, wanted: ConversationFilter, text: str, start: int | None, limit: int
) -> ConversationPage:
    """So many conversations are looked at that a page is answered soon: one with few that match may be short although
    others follow."""
    page: list[ConversationView] = []
    examined = ""
    async for found in search_conversations(services, principal, text, start):
        if len(page) == limit or found.number > _MAX_EXAMINED:
            return ConversationPage(page, examined)
        view = await look_up_conversation(services, found.conversation_id)
        examined = found.conversation_id
        if view is not None and wanted.matches(view) and may_see(services, principal, view):
            page.append(view)
    return ConversationPage(page, None)


def _matching(services: Services, principal: Principal, wanted: ConversationFilter) -> Iterator[ConversationView]:
    for view in services.conversations:
        if wanted.matches(view) and may_see(services, principal, view):
            yield view


async def _position_of(services: Services, conversation_id: str) -> int:
    try:
        return (await find_conversation(services, conversation_id)).position
    except RefusedError:
        raise invalid_field("after", f"no conversation {conversation_id[:64]!r} is known") from None


def _is_proven_to_be(customer: Customer, customer_id: str) -> bool:
    return customer.verified and customer.id == customer_id
