"""Edits of the document: each turns a state into a new one and knows its own inverse.

A command computes the whole new state before anything is replaced, so a command that fails leaves
the document and the undo stack as they were.
"""

from app.document.commands.command import Command
from app.document.commands.composed import Composed, map_points
from app.document.commands.points import (
    AddPoints,
    EditPoints,
    InsertPoints,
    RemoveLast,
    RemovePoints,
    add_noise,
    move_points,
    relabel_points,
    set_test,
    set_values,
    toggle_test,
)
from app.document.commands.replacements import (
    ChangeSplit,
    ClearPoints,
    LoadPreset,
    RemoveClass,
    ReplacePoints,
    ReplaceState,
)
from app.document.commands.settings import (
    ChangeClasses,
    ChangeNetwork,
    ChangePreset,
    ChangeTask,
    ChangeTraining,
    add_class,
    change_class,
    verb_of_change,
)

__all__ = [
    "AddPoints",
    "ChangeClasses",
    "ChangeNetwork",
    "ChangePreset",
    "ChangeSplit",
    "ChangeTask",
    "ChangeTraining",
    "ClearPoints",
    "Command",
    "Composed",
    "EditPoints",
    "InsertPoints",
    "LoadPreset",
    "RemoveClass",
    "RemoveLast",
    "RemovePoints",
    "ReplacePoints",
    "ReplaceState",
    "add_class",
    "add_noise",
    "change_class",
    "map_points",
    "move_points",
    "relabel_points",
    "set_test",
    "set_values",
    "toggle_test",
    "verb_of_change",
]
