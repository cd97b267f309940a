"""Inspection: streams, states, causes and the floor, for developers and supervisors."""
