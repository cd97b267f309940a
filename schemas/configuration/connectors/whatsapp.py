"""WhatsApp over Meta's Cloud API."""

from typing import Annotated

import msgspec

from schemas.configuration.connectors.graph import GraphSettings, MetaId

__all__ = ["WhatsAppSettings"]


class WhatsAppSettings(GraphSettings, frozen=True, kw_only=True, tag="whatsapp"):
    """``phone_number_id`` is the id of the number, not the number. ``choices_label`` is what customers press to see
    more than three choices."""

    phone_number_id: MetaId
    choices_label: Annotated[str, msgspec.Meta(min_length=1, max_length=20)] = "Options"
