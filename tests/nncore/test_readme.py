"""The notebook section of the README runs as it stands, block after block."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

README = Path(__file__).parents[2] / "README.md"


def notebook() -> list[str]:
    """Return the Python blocks of the section."""
    section = README.read_text(encoding="utf-8").partition("## The core in a notebook")[2]
    return re.findall(r"```python\n(.*?)```", section.partition("\n## ")[0], re.DOTALL)


def test_every_block_runs_and_says_what_its_comments_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first, exported, features, many = notebook()
    names: dict[str, Any] = {}
    exec(first, names)
    cost, accuracy, *report, findings = re.split(r"\s+", capsys.readouterr().out.strip())
    assert float(cost) < 0.3
    assert float(accuracy) > 0.9
    assert "difference" in report
    assert findings == "()"
    W, b = names["parameters"].W, names["parameters"].b
    np.savez(tmp_path / "p.npz", W1=W[0], b1=b[0], W2=W[1], b2=b[1])
    monkeypatch.chdir(tmp_path)
    exec(exported, names)
    forward = names["nn"].forward_propagation
    wanted = forward(names["data"].X, names["parameters"], names["network"]).A[-1]
    np.testing.assert_allclose(names["Y_hat"], wanted, rtol=1e-12)
    exec(features, names)
    assert names["network"].n_x == 4
    exec(many, names)
    assert len(set(names["runs"].costs())) == 16


def test_the_first_block_has_about_ten_lines() -> None:
    assert 8 <= notebook()[0].count("\n") <= 12
