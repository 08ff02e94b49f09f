"""A stand-in for a worker: sleeps until it is stopped, or dies if told to."""

import sys
import time

if __name__ == "__main__":
    if "dies" in sys.argv:
        sys.exit(7)
    time.sleep(60)
