"""A real OpenID provider: the certified ``oidc-provider``, in a process of its own."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.node import node_program

__all__ = ["PUBLIC_URL", "REDIRECT_URL", "SECRET", "RealProvider", "run_provider"]

PUBLIC_URL = "https://chat.example.org"
"""The address at which browsers reach the contact centre, through a proxy that ends TLS."""
REDIRECT_URL = f"{PUBLIC_URL}/agent/v1/openid/callback"
SECRET = "a+secret/that:only%these two know"

_DIRECTORY = Path(__file__).parents[3] / "openid_provider"
_CLIENT = {"client_secret": SECRET, "redirect_uris": [REDIRECT_URL]}
_CLIENTS = [
    {**_CLIENT, "client_id": "centre", "token_endpoint_auth_method": "client_secret_post"},
    {**_CLIENT, "client_id": "centre-basic", "client_secret": "plain-secret"},
]
_PEOPLE = {
    "a-1": {"email": "Alice@Example.org", "email_verified": True, "preferred_username": "alice"},
    "b-2": {"email": "bob@example.org", "email_verified": False, "preferred_username": "bob"},
    "m-3": {"email": "mallory@example.org", "email_verified": True, "preferred_username": "mallory"},
    "n-4": {},
    "c-5": {"preferred_username": "carol@example.org"},
}


class RealProvider:
    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.issuer = self._read_line()

    def rotate_keys(self) -> None:
        """Replaces the key with which the provider signs and which it publishes."""
        assert self._process.stdin is not None
        self._process.stdin.write("rotate\n")
        self._process.stdin.flush()
        assert self._read_line() == "rotated"

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()

    def _read_line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline().strip()
        assert line, "the OpenID provider does not start; `make test` installs it"
        return line


@contextmanager
def run_provider() -> Iterator[RealProvider]:
    given = json.dumps({"clients": _CLIENTS, "people": _PEOPLE})
    with subprocess.Popen(
        [str(node_program()), "provider.mjs", given],
        cwd=_DIRECTORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            yield RealProvider(process)
        finally:
            process.terminate()
