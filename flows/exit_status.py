"""The command `boardpack`: what a person reads at its end, and its exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from flows.cli import cli


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status: 0 all is well, 1 something failed and the rest was done, 2 the command was used wrongly."""
    try:
        words = list(arguments) if arguments is not None else None
        result = cli.main(args=words, prog_name="boardpack", standalone_mode=False)
        sys.stdout.flush()
        return int(result or 0)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.Abort:
        click.echo("stopped", err=True)
        return 1
    except click.UsageError as error:
        error.show()
        return 2
    except click.ClickException as error:
        click.echo(error.format_message(), err=True)
        return 1
    except KeyboardInterrupt:
        click.echo("stopped", err=True)
        return 1
    except BrokenPipeError:
        # The reader of our output has left (`| head`). Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return _fail(error)


def _fail(error: Exception) -> int:
    if os.environ.get("BOARDPACK_DEBUG"):
        raise error
    from warehouse.errors import WarehouseError

    message = " ".join(str(error).split())
    if isinstance(error, OSError) and error.filename and error.strerror:
        message = f"{error.filename}: {error.strerror[0].lower()}{error.strerror[1:]}; choose another place or mend it"
    if not isinstance(error, (WarehouseError, LookupError, ValueError, OSError)):
        message = f"boardpack itself failed ({type(error).__name__}: {message}); BOARDPACK_DEBUG=1 shows where"
    click.echo(message, err=True)
    return 1
