"""A worker stops at SIGTERM, whichever of its threads the system hands the signal to."""

import subprocess
import sys

PROGRAM = """
import signal, threading, time
from portal import background

for name in ("load_layout", "_show_figures", "start_embedded", "stop", "close_services"):
    setattr(background, name, lambda *_: None)
stopped = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: stopped.set())
other = threading.Thread(target=time.sleep, args=(60,), daemon=True)
other.start()
threading.Timer(0.5, lambda: signal.pthread_kill(other.ident, signal.SIGTERM)).start()
background.work(None, stopped)
print("gestopt")
"""


def test_a_worker_stops_also_when_another_thread_gets_the_signal():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "gestopt\n"
