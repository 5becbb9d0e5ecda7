"""The NumPy core of Planar: small neural networks, as in the notes, at the speed of the machine.

Where to begin reading: ``config`` (what a network is), ``parameters`` (one flat vector), ``tape``
(one iteration, formula by formula), ``propagation`` (forward, cost, backward), ``training``.
Examples are columns: X is (n_x, m), Y is (n_y, m).
"""

from nncore.activations import ACTIVATIONS, Activation
from nncore.arrays import FloatArray, IntArray
from nncore.config import NetworkConfig, TrainingConfig
from nncore.datasets import DATASETS, Dataset, DatasetRecord, make_dataset
from nncore.divergence import Divergence
from nncore.gradient_check import gradient_check
from nncore.grid import GridEvaluator
from nncore.history import History
from nncore.initializers import INITIALIZERS, Initializer, initialize_parameters
from nncore.metrics import accuracy, encode_labels, one_hot
from nncore.optimizers import OPTIMIZERS, Optimizer
from nncore.outputs import OUTPUTS, Output
from nncore.parameters import Parameters
from nncore.propagation import (
    Cache,
    backward_propagation,
    compute_cost,
    forward_propagation,
    predict,
)
from nncore.ranges import (
    BATCH_SIZE_RANGE,
    HIDDEN_LAYERS_RANGE,
    HIDDEN_UNITS_RANGE,
    LEARNING_RATE_RANGE,
    NOISE_RANGE,
    PENALTY_RANGE,
    POINTS_RANGE,
    SEED_RANGE,
    Range,
)
from nncore.tape import Step, Tape
from nncore.training import Trainer

__all__ = [
    "ACTIVATIONS",
    "BATCH_SIZE_RANGE",
    "DATASETS",
    "HIDDEN_LAYERS_RANGE",
    "HIDDEN_UNITS_RANGE",
    "INITIALIZERS",
    "LEARNING_RATE_RANGE",
    "NOISE_RANGE",
    "OPTIMIZERS",
    "OUTPUTS",
    "PENALTY_RANGE",
    "POINTS_RANGE",
    "SEED_RANGE",
    "Activation",
    "Cache",
    "Dataset",
    "DatasetRecord",
    "Divergence",
    "FloatArray",
    "GridEvaluator",
    "History",
    "Initializer",
    "IntArray",
    "NetworkConfig",
    "Optimizer",
    "Output",
    "Parameters",
    "Range",
    "Step",
    "Tape",
    "Trainer",
    "TrainingConfig",
    "accuracy",
    "backward_propagation",
    "compute_cost",
    "encode_labels",
    "forward_propagation",
    "gradient_check",
    "initialize_parameters",
    "make_dataset",
    "one_hot",
    "predict",
]
