"""`python -m flows` is `boardpack`."""

import sys

from flows.exit_status import main

sys.exit(main())
