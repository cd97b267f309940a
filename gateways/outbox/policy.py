"""How much one target is asked of."""

import msgspec

__all__ = ["TargetPolicy"]


class TargetPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """At most ``at_once`` calls run side by side. After one failed try of a delivery the lane waits for the first of
    ``pauses``, after two for the second, and so on, with a little chance in it; the last one repeats. A delivery that
    fails ``give_up_after`` seconds after its first try is parked. Deliveries that have ended are kept for
    ``keep_seconds``, to be looked at and to know what receipts are about. Times are in seconds."""

    at_once: int
    pauses: tuple[float, ...]
    give_up_after: float
    keep_seconds: float
