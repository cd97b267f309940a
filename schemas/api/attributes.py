"""What the bodies of several APIs give for the routing and the context of a conversation."""

from typing import Annotated, Any

import msgspec

from schemas.identifiers import ConfiguredName
from schemas.personal import Personal

__all__ = ["Attributes", "RoutedQueue", "attributes_without"]

Attributes = Annotated[
    dict[str, Any],
    Personal,
    msgspec.Meta(description="Any JSON that has at most 16 KiB and nests at most 32 levels deep."),
]
RoutedQueue = Annotated[
    ConfiguredName, msgspec.Meta(description="The name of a configured queue to which the channel leads.")
]


def attributes_without(*names: str) -> msgspec.Meta:
    """The rule that no attribute has the name of a field that becomes an attribute itself."""
    return msgspec.Meta(extra_json_schema={"propertyNames": {"not": {"enum": list(names)}}})
