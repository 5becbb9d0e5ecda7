"""Planar: draw points, train a small neural network on them, watch it learn."""

import os
import signal
import sys

# One thread for matrix products, settled before NumPy is loaded: at these sizes more are slower,
# and while other programs are busy a picture of 0.5 ms then takes 7.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def main() -> int:
    """Run the command line; returns the exit status."""
    # Ctrl-C in the terminal ends the program at once: neither Qt's loop nor an import that is
    # half done would let Python notice it in good order.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from app.cli import main as run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
