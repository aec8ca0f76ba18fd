"""The day of the tests begins at noon, whenever they are started, and goes on from there.

A test says "today", "in an hour" and "fifty-four days ago"; beside midnight these are not what they seem.
"""

import gc
import os
from datetime import datetime, time, timedelta

import time_machine

from aktema.core import clock

_NOON = datetime.combine(clock.today(), time(12), clock.STOCKHOLM)

# Workers, and processes that a test starts, are told: they may begin on the other side of midnight.
_AHEAD = os.environ.setdefault("AKTEMA_TESTS_AHEAD", str((_NOON - clock.now()).total_seconds()))

# There are millions of objects and few cycles: looking for them as often as Python does takes a twentieth of the time.
gc.set_threshold(50_000, 20, 50)

time_machine.travel(timedelta(seconds=float(_AHEAD))).start()
