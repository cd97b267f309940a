"""Where an export goes: a file or standard output."""

from pathlib import Path

import click

__all__ = ["write_export"]


def write_export(content: bytes, output: Path | None) -> None:
    """Raises ClickException."""
    if output is None:
        click.echo(content, nl=False)
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"cannot write {output}: {error.strerror}") from error
    click.echo(f"Written to {output}", err=True)
