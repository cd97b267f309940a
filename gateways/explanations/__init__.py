"""Why a task went where it went: the router's decisions, as recorded and in plain words."""

from gateways.explanations.explaining import explain
from gateways.explanations.history import conversation_of_task
from gateways.explanations.sentences import Words

__all__ = ["Words", "conversation_of_task", "explain"]
