"""Conversations, agents, routers and the configuration as actors; the engine that runs them and the journal that keeps
their events."""
