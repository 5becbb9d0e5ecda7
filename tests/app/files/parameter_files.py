"""How a file that holds no parameters is refused."""

from pathlib import Path

import pytest

from app.errors import UserError
from app.files.parameters import load_parameters
from tests.app.files.strategies import said


def refused(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        load_parameters(path)
    return said(caught.value, path)
