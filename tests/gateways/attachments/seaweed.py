"""A real store that speaks S3: the tests run a SeaweedFS server on loopback."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import obstore
import tenacity
from obstore.store import S3Store

from config import AttachmentSettings

__all__ = ["ACCESS_KEY", "SECRET_KEY", "run_seaweed", "settings_at"]

ACCESS_KEY = "access-key-of-the-tests"
SECRET_KEY = "secret-key-of-the-tests"
_WEED = Path(sys.executable).with_name("weed")
_BUCKET = "attachments"


class _EndedError(Exception):
    """Raised when the server has ended, as when another process has taken one of its ports meanwhile."""


@contextmanager
def run_seaweed(directory: Path) -> Iterator[str]:
    """Runs the server, and yields its address once it accepts objects."""
    server, address = _start(directory)
    try:
        yield address
    finally:
        _end(server)


@tenacity.retry(stop=tenacity.stop_after_attempt(5), retry=tenacity.retry_if_exception_type(_EndedError), reraise=True)
def _start(directory: Path) -> tuple[subprocess.Popen[bytes], str]:
    ports = _free_ports(8)
    identity = {
        "name": "tests",
        "credentials": [{"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}],
        "actions": ["Admin", "Read", "Write", "List"],
    }
    identities = directory / "identities.json"
    identities.write_bytes(msgspec.json.encode({"identities": [identity]}))
    names = ("master", "volume", "filer", "s3")
    listening = [f"-{name}.port{kind}={ports.pop()}" for name in names for kind in ("", ".grpc")]
    address = f"http://127.0.0.1:{listening[-2].partition('=')[2]}"
    options = ["-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-dir={directory}", "-master.volumeSizeLimitMB=64"]
    s3 = ["-s3", f"-s3.config={identities}", "-s3.port.iceberg=0", "-s3.port.lance=0"]
    with (directory / "log").open("ab") as log:
        server = subprocess.Popen(
            [_WEED, "-logtostderr", "server", *options, "-filer", *s3, *listening], stdout=log, stderr=log
        )
    try:
        _wait(address, server)
    except BaseException:
        _end(server)
        raise
    return server, address


def _end(server: subprocess.Popen[bytes]) -> None:
    server.kill()
    server.wait()


def settings_at(address: str, **more: str) -> AttachmentSettings:
    return msgspec.convert({"backend": "s3", "bucket": _BUCKET, "endpoint": address, **more}, AttachmentSettings)


@tenacity.retry(
    stop=tenacity.stop_after_delay(60),
    wait=tenacity.wait_fixed(0.1),
    retry=tenacity.retry_if_exception_type(obstore.exceptions.BaseError),
    reraise=True,
)
def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    if server.poll() is not None:
        raise _EndedError
    bucket = S3Store(
        _BUCKET,
        endpoint=address,
        access_key_id=ACCESS_KEY,
        secret_access_key=SECRET_KEY,
        client_options={"allow_http": True},
        retry_config={"max_retries": 0},
    )
    obstore.put(bucket, "ready", b"")


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports
