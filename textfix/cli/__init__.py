"""The command line: `textfix` and `python -m textfix`."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence

__all__ = ["main"]

INTERRUPTED = 130  # 128 + SIGINT, as shells report it
BROKEN_PIPE = 141  # 128 + SIGPIPE
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 fine, 1 findings or records that failed, 2 errors."""
    sys.exit(_run(sys.argv[1:] if arguments is None else arguments))


def _run(arguments: Sequence[str]) -> int:
    try:
        import click

        from textfix.cli.app import app

        if "_TEXTFIX_COMPLETE" in os.environ:
            app.main(list(arguments), prog_name="textfix")
        _terminate_cleanly()
        _settle_streams()
        try:
            with app.make_context("textfix", list(arguments)) as context:
                app.invoke(context)
            code = 0
        except click.exceptions.Exit as exit_:
            code = exit_.exit_code
        except click.Abort:
            code = INTERRUPTED
        except click.ClickException as error:
            error.show()
            code = 2
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _give_up_output()  # whoever read us has gone
        return BROKEN_PIPE
    except Exception as error:
        # What is wrong with a file is told where it is read or written, so that this can only be standard output.
        if isinstance(error, OSError) and error.filename is None and error.errno in _FULL:
            _give_up_output()
            sys.stderr.write(f"textfix: error: cannot write to standard output: {error.strerror}\n")
            return 2
        import traceback  # a bug of ours, and no finding

        traceback.print_exc()
        return 2


def _give_up_output() -> None:
    """Give Python another standard output: it would complain once more when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _terminate_cleanly() -> None:
    """Unwind on SIGTERM, so that temporary files are removed."""
    import signal

    def leave(number: int, frame: object) -> None:
        sys.exit(128 + number)

    signal.signal(signal.SIGTERM, leave)


def _settle_streams() -> None:
    """Write UTF-8 with plain line ends, unless a terminal wants something else; never fail on a character."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace", newline="\n")
