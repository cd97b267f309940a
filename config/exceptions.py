"""Everything that loading the settings raises."""

__all__ = ["SettingsError"]


class SettingsError(Exception):
    """Raised when settings are wrong or do not fit together; the message names the setting and the fix."""
