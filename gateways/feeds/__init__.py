"""Feeds: numbered events, first the history and then live, as JSON, as an event stream or over a WebSocket."""

from gateways.feeds.delivery import serve_feed
from gateways.feeds.hub import Hub, Listener
from gateways.feeds.request import FeedAnswer, FeedRequest, PageReader
from gateways.feeds.sources import AgentSource, ConversationSource, Source

__all__ = [
    "AgentSource",
    "ConversationSource",
    "FeedAnswer",
    "FeedRequest",
    "Hub",
    "Listener",
    "PageReader",
    "Source",
    "serve_feed",
]
