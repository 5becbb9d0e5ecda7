"""Planar: draw points, train a small neural network on them, watch it learn."""

import os
import sys

# One thread for matrix products, settled before NumPy is loaded: at these sizes more are slower,
# and while other programs are busy a picture of 0.5 ms then takes 7.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from app.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
