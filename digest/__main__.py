"""`digest` and `python -m digest`."""

import os
import sys

from digest import cli


def main() -> None:
    """Run the command line and exit with its code."""
    sys.exit(cli.run(sys.argv[1:], os.environ))


if __name__ == "__main__":
    main()
