"""Every transition of agents, tasks and conversations, legal or not: tables, the walk through them, the diagrams."""
