"""Labels of pasted points: the class of that name, or of nearly that name."""

import numpy as np

from app.document.classes import ClassInfo
from app.document.labels import placed
from app.document.points import Points
from app.document.state import State


def test_a_label_goes_to_the_class_of_that_very_name_or_to_the_first_of_nearly_that_name() -> None:
    classes = tuple(ClassInfo(name, k, k) for k, name in enumerate(("Red", "red", "Blue")))
    pasted = Points.of(np.zeros((2, 3)), [0, 1, 2])
    placement = placed(pasted, {0: "red", 1: "RED", 2: "blue"}, State(classes=classes))
    assert placement.points.labels.tolist() == [1, 0, 2]
    assert placement.classes == classes
