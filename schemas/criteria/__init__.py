"""The language in which a queue's steps say which agents are eligible, such as ``english >= 8 and sales``.

A criterion is parsed once; ``Criterion.admits`` is then cheap enough to ask of every agent.
"""

from schemas.criteria.criterion import AttributeType, Criterion
from schemas.criteria.evaluation import Attributes
from schemas.criteria.parsing import MAX_CHARACTERS, MAX_LEVELS, parse_criterion
from schemas.criteria.tokens import RESERVED_WORDS

__all__ = [
    "MAX_CHARACTERS",
    "MAX_LEVELS",
    "RESERVED_WORDS",
    "AttributeType",
    "Attributes",
    "Criterion",
    "parse_criterion",
]
