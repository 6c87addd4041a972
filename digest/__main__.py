"""`digest` and `python -m digest`."""

import gc
import os
import sys

GARBAGE = 20_000
"""How many new objects there are before garbage is looked for. What a start makes stays: to look after every 700, as
Python does, costs a short command a tenth of its time and finds nothing."""

NOT_FOR_ALL = 0o002
"""What no file or folder of ours allows, whatever the umask of who starts us: that anybody writes to it."""


def main() -> None:
    """Run the command line and exit with its code."""
    os.umask(os.umask(0) | NOT_FOR_ALL)
    gc.set_threshold(GARBAGE)
    from digest import cli

    code = cli.run(sys.argv[1:], os.environ)
    gc.freeze()  # what is left goes with the process, unsearched
    sys.exit(code)


if __name__ == "__main__":
    main()
