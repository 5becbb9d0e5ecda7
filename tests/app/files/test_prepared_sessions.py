"""The sessions that come with Planar show what they are for."""

from pathlib import Path

import numpy as np

from app.files.sessions import SESSION_SUFFIX, Session, open_session
from nncore import Trainer, predict, triangle_network

FOLDER = Path(__file__).parents[3] / "resources" / "sessions"
CORNERS = [[-3.0, 3.0, 0.5], [-2.0, -1.5, 3.0]]


def trainer_of(session: Session) -> Trainer:
    state, parameters = session.state, session.parameters
    assert parameters is not None
    points = state.training_points
    network, targets = state.network_config(), state.targets(points)
    return Trainer(network, state.training, parameters, points.X, targets)


def test_every_prepared_session_opens_with_its_weights() -> None:
    paths = sorted(FOLDER.glob(f"*{SESSION_SUFFIX}"))
    assert [path.stem for path in paths] == ["triangle"]
    for path in paths:
        assert open_session(path).parameters is not None


def test_three_step_units_cut_out_the_triangle_and_stay_where_they_are() -> None:
    session = open_session(FOLDER / "triangle.planar")
    network, by_hand = triangle_network(CORNERS)
    trainer = trainer_of(session)
    assert trainer.network == network
    start = trainer.parameters.copy()
    np.testing.assert_allclose(start.blocks[0], by_hand.blocks[0])
    np.testing.assert_allclose(start.blocks[1], 4 * by_hand.blocks[1])
    trainer.run(200)
    np.testing.assert_array_equal(trainer.parameters.blocks[0], start.blocks[0])
    assert trainer.cost() < 0.1
    points = session.state.points
    answers = predict(points.X, trainer.parameters, network)[0]
    np.testing.assert_array_equal(answers, points.labels)
