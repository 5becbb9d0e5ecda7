"""Random points, states and networks, and what all sentences of `app.files` have in common."""

import math
from pathlib import Path

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import nncore
from app.document.classes import ClassInfo
from app.document.points import Points
from app.document.split import TEST_SHARE_RANGE, Split
from app.document.state import TASKS, NetworkSettings, Preset, State
from app.errors import UserError
from nncore import FeatureMap, NetworkConfig, Parameters, TrainingConfig

NETWORK = NetworkConfig((2, 3, 2, 1), ("tanh", "relu"), "sigmoid")

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from([10**400, -1, 2**63, 1e308, 0.5, "tanh", "\ud800"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=8,
)


def said(error: UserError, path: Path) -> str:
    """Return the sentence, after a look at its form: one line that names the file."""
    sentence = str(error)
    assert sentence.startswith("Cannot ")
    assert sentence.endswith(".")
    assert repr(str(path)) in sentence
    assert sentence.isprintable()
    assert len(sentence) < 400 + len(str(path))
    return sentence


def whole(accepted: nncore.Range) -> st.SearchStrategy[int]:
    return st.integers(int(accepted.minimum), int(accepted.maximum))


def real(accepted: nncore.Range) -> st.SearchStrategy[float]:
    return st.floats(accepted.minimum, accepted.maximum)


@st.composite
def points(draw: st.DrawFn) -> Points:
    m = draw(st.integers(0, 30))
    X = draw(hnp.arrays(np.float64, (2, m), elements=st.floats(-1e6, 1e6)))
    return Points.of(
        X,
        draw(hnp.arrays(np.int64, m, elements=st.integers(0, 7))),
        draw(hnp.arrays(np.float64, m, elements=st.floats(-1e6, 1e6))),
        draw(hnp.arrays(np.bool_, m)),
    )


printable = st.characters(exclude_categories=("C", "Z"), include_characters=" ")
names = st.text(printable, min_size=1, max_size=40).map(str.strip).filter(bool)
infos = st.builds(ClassInfo, names, st.integers(0, 7), st.integers(0, 7))
class_sets = st.lists(infos, min_size=2, max_size=8, unique_by=lambda info: info.name).map(tuple)


@st.composite
def activations(draw: st.DrawFn, layers: int) -> str | tuple[str, ...]:
    names = st.sampled_from(sorted(nncore.ACTIVATIONS))
    one_each = st.tuples(*[names] * layers)
    return draw(names | one_each)


@st.composite
def states(draw: st.DrawFn) -> State:
    units = tuple(draw(st.lists(whole(nncore.HIDDEN_UNITS_RANGE), max_size=6)))
    return State(
        draw(points()),
        Preset(
            draw(st.sampled_from(sorted(nncore.DATASETS))),
            draw(whole(nncore.POINTS_RANGE)),
            draw(real(nncore.NOISE_RANGE)),
            draw(whole(nncore.SEED_RANGE)),
        ),
        NetworkSettings(
            units,
            draw(activations(len(units))),
            draw(st.sampled_from(sorted(nncore.INITIALIZERS))),
            draw(whole(nncore.SEED_RANGE)),
        ),
        TrainingConfig(
            draw(st.sampled_from(sorted(nncore.OPTIMIZERS))),
            draw(real(nncore.LEARNING_RATE_RANGE)),
            draw(st.none() | whole(nncore.BATCH_SIZE_RANGE)),
            draw(real(nncore.PENALTY_RANGE)),
            draw(real(nncore.PENALTY_RANGE)),
            momentum=draw(real(nncore.AVERAGING_RANGE)),
            decay=draw(real(nncore.AVERAGING_RANGE)),
            beta1=draw(real(nncore.AVERAGING_RANGE)),
            beta2=draw(real(nncore.AVERAGING_RANGE)),
            epsilon=draw(real(nncore.EPSILON_RANGE)),
            schedule=draw(st.sampled_from(sorted(nncore.SCHEDULES))),
            schedule_period=draw(whole(nncore.SCHEDULE_PERIOD_RANGE)),
            schedule_factor=draw(real(nncore.SCHEDULE_FACTOR_RANGE)),
            clip_norm=draw(st.none() | real(nncore.CLIP_NORM_RANGE)),
        ),
        draw(class_sets),
        Split(draw(real(TEST_SHARE_RANGE)), draw(whole(nncore.SEED_RANGE))),
        draw(st.sampled_from(TASKS)),
    )


@st.composite
def feature_maps(draw: st.DrawFn) -> FeatureMap | None:
    names = draw(st.lists(st.sampled_from(sorted(nncore.FEATURES)), unique=True))
    if not names:
        return None
    mean = draw(st.none() | st.tuples(*[st.floats(-1e9, 1e9)] * len(names)))
    scale = st.tuples(*[st.floats(1e-9, 1e9)] * len(names))
    return FeatureMap(tuple(names), mean, None if mean is None else draw(scale))


@st.composite
def networks(draw: st.DrawFn) -> NetworkConfig:
    features, hidden = draw(feature_maps()), draw(st.lists(st.integers(1, 6), max_size=6))
    n_x = features.n if features else draw(st.integers(1, 4))
    output = draw(st.sampled_from(sorted(nncore.OUTPUTS)))
    n_y = draw(st.integers(nncore.OUTPUTS[output].minimum_units, 4))
    names = draw(activations(len(hidden)))
    slope = draw(real(nncore.LEAKY_SLOPE_RANGE))
    return NetworkConfig((n_x, *hidden, n_y), names, output, slope, features)


@st.composite
def weights(draw: st.DrawFn, network: NetworkConfig, bound: float = math.inf) -> Parameters:
    numbers = st.floats(-bound, bound, allow_nan=False, allow_infinity=False)
    vector = draw(hnp.arrays(np.float64, network.n_parameters, elements=numbers))
    return Parameters(network.layer_dims, vector)
