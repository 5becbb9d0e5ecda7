"""The NumPy core of Planar: small neural networks, as in the notes, at the speed of the machine.

Where to begin reading, in this order:

- what a network is: ``config``, ``activations`` and ``activation_calls``, ``outputs``, ``costs``,
  ``features``;
- its numbers: ``parameters`` (one flat vector), ``initializers``, ``seeds``;
- one iteration, formula by formula: ``tape``, ``update``, ``optimizers``, ``optimizer_state``,
  ``schedules``;
- the same as plain functions: ``propagation``, ``gradient_check``, ``metrics``;
- many iterations: ``training``, ``batches``, ``minibatches``, ``tiles``, ``history``,
  ``divergence``, ``trainer_state``;
- many runs at once: ``many_runs``, ``run_stack``, ``stacked_tape``;
- what may be wrong: ``diagnostics``, ``frozen``; what gradient descent cannot: ``perceptron``;
- points and pictures: ``datasets``, ``shapes``, ``grid``;
- what all of them use: ``arrays``, ``ranges``, ``checks``.

Examples are columns: X is (n_x, m), Y is (n_y, m).
"""

from nncore.activations import ACTIVATIONS, Activation
from nncore.arrays import FloatArray, IntArray
from nncore.config import NetworkConfig, TrainingConfig
from nncore.costs import CostParts
from nncore.datasets import DATASETS, Dataset, DatasetRecord, make_dataset
from nncore.diagnostics import (
    Finding,
    LayerNorms,
    Observation,
    Severity,
    Trend,
    cost_trend,
    diagnose,
    gradient_norms,
    observe,
)
from nncore.divergence import Divergence
from nncore.features import FEATURES, Feature, FeatureMap
from nncore.frozen import FrozenLayers, frozen_layers
from nncore.gradient_check import GradientReport, Offender, check_gradients, gradient_check
from nncore.grid import GridEvaluator
from nncore.history import Entries, History
from nncore.initializers import INITIALIZERS, Initializer, initialize_parameters
from nncore.many_runs import ManyRuns
from nncore.metrics import accuracy, confusion_counts, encode_labels, one_hot, precision_recall
from nncore.optimizer_state import OptimizerState
from nncore.optimizers import OPTIMIZERS, Optimizer
from nncore.outputs import OUTPUTS, Output
from nncore.parameters import Parameters
from nncore.perceptron import (
    PerceptronRun,
    perceptron_predict,
    train_perceptron,
    triangle_network,
)
from nncore.propagation import (
    Cache,
    backward_propagation,
    compute_cost,
    cost_parts,
    forward_propagation,
    predict,
)
from nncore.ranges import (
    AVERAGING_RANGE,
    BATCH_SIZE_RANGE,
    CLIP_NORM_RANGE,
    EPSILON_RANGE,
    HIDDEN_LAYERS_RANGE,
    HIDDEN_UNITS_RANGE,
    LEAKY_SLOPE_RANGE,
    LEARNING_RATE_RANGE,
    NOISE_RANGE,
    PENALTY_RANGE,
    POINTS_RANGE,
    SCHEDULE_FACTOR_RANGE,
    SCHEDULE_PERIOD_RANGE,
    SEED_RANGE,
    Range,
)
from nncore.schedules import SCHEDULES, Schedule
from nncore.tape import Step, Tape
from nncore.trainer_state import TrainerState
from nncore.training import Trainer

__all__ = [
    "ACTIVATIONS",
    "AVERAGING_RANGE",
    "BATCH_SIZE_RANGE",
    "CLIP_NORM_RANGE",
    "DATASETS",
    "EPSILON_RANGE",
    "FEATURES",
    "HIDDEN_LAYERS_RANGE",
    "HIDDEN_UNITS_RANGE",
    "INITIALIZERS",
    "LEAKY_SLOPE_RANGE",
    "LEARNING_RATE_RANGE",
    "NOISE_RANGE",
    "OPTIMIZERS",
    "OUTPUTS",
    "PENALTY_RANGE",
    "POINTS_RANGE",
    "SCHEDULES",
    "SCHEDULE_FACTOR_RANGE",
    "SCHEDULE_PERIOD_RANGE",
    "SEED_RANGE",
    "Activation",
    "Cache",
    "CostParts",
    "Dataset",
    "DatasetRecord",
    "Divergence",
    "Entries",
    "Feature",
    "FeatureMap",
    "Finding",
    "FloatArray",
    "FrozenLayers",
    "GradientReport",
    "GridEvaluator",
    "History",
    "Initializer",
    "IntArray",
    "LayerNorms",
    "ManyRuns",
    "NetworkConfig",
    "Observation",
    "Offender",
    "Optimizer",
    "OptimizerState",
    "Output",
    "Parameters",
    "PerceptronRun",
    "Range",
    "Schedule",
    "Severity",
    "Step",
    "Tape",
    "Trainer",
    "TrainerState",
    "TrainingConfig",
    "Trend",
    "accuracy",
    "backward_propagation",
    "check_gradients",
    "compute_cost",
    "confusion_counts",
    "cost_parts",
    "cost_trend",
    "diagnose",
    "encode_labels",
    "forward_propagation",
    "frozen_layers",
    "gradient_check",
    "gradient_norms",
    "initialize_parameters",
    "make_dataset",
    "observe",
    "one_hot",
    "perceptron_predict",
    "precision_recall",
    "predict",
    "train_perceptron",
    "triangle_network",
]
