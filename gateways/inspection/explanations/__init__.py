"""Why a task went where it went: the router's decisions, as recorded and in plain words."""

from gateways.inspection.explanations.explaining import RoutingDecision, TaskExplanation, explain
from gateways.inspection.explanations.history import conversation_of_task
from gateways.inspection.explanations.sentences import Words

__all__ = ["RoutingDecision", "TaskExplanation", "Words", "conversation_of_task", "explain"]
