"""Everything the configuration raises."""

__all__ = ["ConfigurationError"]


class ConfigurationError(Exception):
    """Raised when settings are wrong or do not fit together; the message names the setting and the fix."""
