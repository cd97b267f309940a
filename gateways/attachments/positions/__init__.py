"""Takes out of pictures and recordings where they were taken, without coding them anew.

Every byte stays at its place: what tells the position is overwritten, so that a file keeps its size, its quality and
everything else that it says, such as how a picture is turned.
"""

from gateways.attachments.positions.removing import holds_positions, remove_positions

__all__ = ["holds_positions", "remove_positions"]
