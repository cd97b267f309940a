"""Refusals to remove a queue in which customers wait, or an MRD in which conversations go on."""

from collections.abc import Collection

from gateways.exceptions import refused_field
from gateways.services import Services
from schemas.replies import RefusalCode

__all__ = ["refuse_to_strand"]


def refuse_to_strand(services: Services, queues: Collection[str] = (), mrds: Collection[str] = ()) -> None:
    """Raises RefusedError while customers wait in one of the queues, or conversations go on in one of the MRDs."""
    if not queues and not mrds:
        return
    for view in services.conversations:
        if view.status == "waiting_for_agent" and view.queue in queues:
            raise refused_field(
                RefusalCode.CONFIGURATION_CONFLICT,
                f"queues.{view.queue}",
                "has customers waiting; remove it when they have been served",
            )
        if view.status != "ended" and view.mrd in mrds:
            raise refused_field(
                RefusalCode.CONFIGURATION_CONFLICT,
                f"mrds.{view.mrd}",
                "has conversations going on; remove it when they have ended",
            )
