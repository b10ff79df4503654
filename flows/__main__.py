"""`python -m flows` is `boardpack`."""

import sys

from flows.cli import main

sys.exit(main())
