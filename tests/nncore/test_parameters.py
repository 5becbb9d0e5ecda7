import re
from typing import Any

import numpy as np
import pytest

from nncore import Parameters


def test_weights_and_biases_are_views_into_the_vector() -> None:
    parameters = Parameters.zeros((2, 3, 1))
    parameters.W[0][1, 0] = 5.0
    parameters.b[1][:] = 7.0
    assert parameters.vector.tolist() == [0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 7]
    assert [W.shape for W in parameters.W] == [(3, 2), (1, 3)]
    assert [b.shape for b in parameters.b] == [(3, 1), (1, 1)]


def test_from_layers_copies_and_accepts_flat_biases() -> None:
    weights = np.array([[1.0, 2.0]])
    parameters = Parameters.from_layers(W=[weights, [[3]]], b=[[4.0], [[5.0]]])
    weights[:] = 0.0
    assert parameters.layer_dims == (2, 1, 1)
    assert parameters.vector.tolist() == [1, 2, 4, 3, 5]


def test_a_copy_is_independent() -> None:
    parameters = Parameters.zeros((2, 1))
    parameters.copy().vector[:] = 1.0
    assert not parameters.vector.any()


@pytest.mark.parametrize(
    ("W", "b", "message"),
    [
        ([], [], "W has 0 layers, b has 0; accepted: as many, 1 or more"),
        ([[[1.0]]], [], "W has 1 layers, b has 0"),
        ([[1.0]], [[1.0]], "W1 has shape (1,); accepted: (n[1], n[0])"),
        ([[[1.0]], [[1.0, 2.0]]], [[0.0], [0.0]], "W2 has shape (1, 2); accepted: (1, 1)"),
        ([[[1.0]]], [[0.0, 0.0]], "b1 has shape (2, 1); accepted: (1, 1)"),
        ([[["a"]]], [[0.0]], "W1 has dtype <U1; accepted: real numbers"),
        ([[[np.nan]]], [[0.0]], "W1 has a value that is not finite in column 0"),
    ],
)
def test_layers_that_do_not_fit_are_refused_in_words(W: Any, b: Any, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        Parameters.from_layers(W, b)


def test_a_vector_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match=re.escape("vector has shape (4,); accepted: (3,)")):
        Parameters((2, 1), np.zeros(4))
