"""What tests of files have in common."""

import pytest

import nncore
from nncore import Parameters
from tests.app.files.strategies import NETWORK


@pytest.fixture
def trained() -> Parameters:
    return nncore.initialize_parameters(NETWORK, "xavier", seed=3)
