"""The names of all files of a data directory."""

from pathlib import Path

__all__ = ["DataDirectory"]


class DataDirectory:
    """The directory of the data that outlasts a server. This class makes and opens nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.journal = path / "journal.db"
        self.snapshots = path / "snapshots.db"
        self.accounts = path / "accounts.db"
        self.effects = path / "effects.db"
        self.deliveries = path / "deliveries.db"
        self.reports = path / "reports.db"
        self.webhook_secrets = path / "webhook-secrets.db"
        self.token_secret = path / "token-secret"
        self.attachments = path / "attachments"
