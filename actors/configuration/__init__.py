"""The configuration of the contact centre: its tables, and which entities hear of a change.

state.py (the tables, and how events change them), configuration.py (the decider), items.py (one item is configured or
removed), importing.py (many at once), admission.py (an agent's login), changes.py (what may be changed, and what is
recorded of it), news.py (what agents and routers are sent).
"""

from actors.configuration.configuration import CONFIGURATION
from actors.configuration.news import agent_settings
from actors.configuration.state import Configuration

__all__ = ["CONFIGURATION", "Configuration", "agent_settings"]
