"""cfn-lint, once for many runs: a line of arguments in, a line with what it prints out. To load it takes longer than to run it."""

import contextlib
import io
import json
import sys

from cfnlint.config import ConfigMixIn
from cfnlint.runner import Runner

for line in sys.stdin:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.suppress(SystemExit):
        Runner(ConfigMixIn(json.loads(line))).cli()
    print(json.dumps(printed.getvalue()), flush=True)
