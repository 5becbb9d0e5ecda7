"""The layers of the architecture hold: the import contracts of pyproject.toml, and what those
cannot say, since import-linter sees of a foreign package only its root."""

import ast
import sys
import tomllib
from pathlib import Path

import grimp
import pytest
from importlinter.cli import lint_imports

import app

ROOT = Path(__file__).parent.parent
CONTRACTS = {"layers", "nncore-is-a-library", "no-plots-below-the-views", "beside-the-document"}
LAYERS = ["app.cli", "app.main_window", "app.views", "app.training", "app.document", "nncore"]


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    """Every module of nncore and app, and what it imports, lazily too."""
    return grimp.build_graph("nncore", "app", include_external_packages=True, cache_dir=None)


def test_no_contract_was_lost() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {one["id"]: one for one in settings["tool"]["importlinter"]["contracts"]}
    assert set(contracts) == CONTRACTS
    assert contracts["layers"]["layers"] == LAYERS


def test_import_contracts_hold(capsys: pytest.CaptureFixture[str]) -> None:
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert status == 0, capsys.readouterr().out


@pytest.mark.parametrize("package", ["app.document", "app.training", "app.render", "app.files"])
def test_no_widgets_below_the_views(graph: grimp.ImportGraph, package: str) -> None:
    inside = {package, *graph.find_descendants(package)}
    below = inside | graph.find_upstream_modules(package, as_package=True)
    users = [name for name in below if _imports(graph, name, "PySide6.QtWidgets")]
    assert users == []


def test_nncore_needs_numpy_only(graph: grimp.ImportGraph) -> None:
    modules = {"nncore", *graph.find_descendants("nncore")}
    imported = {
        name for module in modules for name in graph.find_modules_directly_imported_by(module)
    }
    foreign = {name.partition(".")[0] for name in imported} - set(sys.stdlib_module_names)
    assert foreign - {"nncore"} == {"numpy"}


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == app.__version__


def test_every_folder_is_seen_by_the_contracts() -> None:
    # Without __init__.py a folder is no package to import-linter, and its imports go unseen.
    folders = {file.parent for top in ("nncore", "app") for file in (ROOT / top).rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def _imports(graph: grimp.ImportGraph, module: str, wanted: str) -> bool:
    """Whether the module's own text imports `wanted`, in any of the ways to write that."""
    if graph.is_module_squashed(module):
        return False
    stem = ROOT.joinpath(*module.split("."))
    file = stem / "__init__.py" if stem.is_dir() else stem.with_suffix(".py")
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add(str(node.module))
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return wanted in names
