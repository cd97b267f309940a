"""The explanation of a task's way: the router's decisions, as recorded and in plain words."""

from gateways.inspection.explanations.explaining import RoutingDecision, TaskExplanation, decision_of, explain
from gateways.inspection.explanations.history import conversation_of_task
from gateways.inspection.explanations.sentences import Lookups

__all__ = ["Lookups", "RoutingDecision", "TaskExplanation", "conversation_of_task", "decision_of", "explain"]
