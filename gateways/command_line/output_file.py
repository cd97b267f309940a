"""Writing an export to a file or to standard output."""

from pathlib import Path

import click

__all__ = ["output_option", "write_export"]

_OWNER_ONLY = 0o600

output_option = click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="The file; standard output without it."
)


def write_export(content: bytes, output: Path | None) -> None:
    """Writes to standard output if ``output`` is None. Only the owner can read the file, even if it was there
    before. Raises ClickException when the file cannot be written."""
    if output is None:
        click.echo(content, nl=False)
        return
    try:
        if output.is_file():
            output.chmod(_OWNER_ONLY)
        output.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"cannot write {output}: {error.strerror}") from error
    click.echo(f"Written to {output}", err=True)
