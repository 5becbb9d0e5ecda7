"""What no option takes: answered with the option, the value and what is accepted."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli import parse
from app.errors import UserError
from app.options import LaunchOptions

VALUED_OPTIONS = (
    "--dataset", "--points", "--noise", "--seed", "--hidden", "--activation", "--initializer",
    "--optimizer", "--learning-rate", "--batch-size", "--train", "--export", "--screenshot",
    "--theme", "--size",
)  # fmt: skip

MISTAKES = [
    ("--dataset", "iris", "flower, moons, circles, xor, gaussians, blobs, spiral"),
    ("--dataset", "Flower", "flower"),
    ("--activation", "swisch", "tanh"),
    ("--initializer", "", "xavier"),
    ("--optimizer", "gradient descent", "gradient_descent"),
    ("--theme", "blue", "system, light, dark"),
    *[("--points", value, "0 to 100,000") for value in ("-1", "100001", "4.5", "many", "1e3", "")],
    ("--points", "00000000000000000000999999999", "0 to 100,000"),
    ("--points", "9" * 5000, "0 to 100,000"),
    ("--points", "٤", "0 to 100,000"),
    *[
        ("--noise", value, "0 to 2")
        for value in ("-0.1", "-1e-3", "2.01", "nan", "inf", "-inf", "0,5", "")
    ],
    ("--noise", "1_0", "0 to 2"),
    *[("--learning-rate", value, "1e-05 to 10") for value in ("0", "10.1", "1e400", "nan", "fast")],
    ("--learning-rate", "٣", "1e-05 to 10"),
    *[("--seed", value, "0 to 4,294,967,295") for value in ("-2", "4294967296", "two", "0x10")],
    *[("--batch-size", value, "1 to 100,000") for value in ("0", "-1", "all", "100001", " 3")],
    *[("--train", value, "0 to 1,000,000,000") for value in ("-5", "1.5", "forever", "1000000001")],
    *[
        ("--hidden", value, "1 to 64")
        for value in ("", "4,", ",", "65", "4,0", "4;4", "-4", "-4,4", "٤")
    ],
    ("--hidden", "4,0,4", "or 0 for no hidden layer"),
    ("--hidden", "1,2,3,4,5,6,7", "up to 6 numbers"),
    ("--hidden", "0" * 99 + "1999", "1 to 64"),
    ("--size", "1440", "1040 to 7680 by 640 to 7680 pixels"),
    *[("--size", value, "WIDTHxHEIGHT") for value in ("x", "1440x", "0x0", "1440x900x2", "²x900")],
    *[("--size", value, "WIDTHxHEIGHT") for value in ("959x900", "1440x639", "7681x900")],
    ("--size", "000001440999x900", "WIDTHxHEIGHT"),
    *[("--export", value, ".npz or .json") for value in ("", "a", "a.txt", ".npz", "a.npz.gz")],
    ("--export", "no such folder/a.npz", "there is no folder"),
    ("--export", "a" * 300 + "/a.npz", "there is no folder"),
    ("--screenshot", "a.jpg", ".png"),
    ("--screenshot", "no such folder/a.png", "there is no folder"),
]


@pytest.mark.parametrize("sign", ["=", " "])
@pytest.mark.parametrize(("option", "value", "accepted"), MISTAKES)
def test_a_mistake_is_answered_with_the_option_the_value_and_what_is_accepted(
    option: str, value: str, accepted: str, sign: str
) -> None:
    with pytest.raises(UserError) as caught:
        parse([f"{option}={value}"] if sign == "=" else [option, value])
    sentence = str(caught.value)
    assert option in sentence
    assert value in sentence
    assert accepted in sentence


@pytest.mark.parametrize("behind", [[], ["--exit"], ["--", "--exit"]])
@pytest.mark.parametrize("option", VALUED_OPTIONS)
def test_an_option_without_its_value_says_what_is_accepted(option: str, behind: list[str]) -> None:
    with pytest.raises(UserError, match=rf"^{option}\b.*accepted"):
        parse([option, *behind])


def test_what_stands_behind_two_dashes_is_a_file() -> None:
    with pytest.raises(UserError, match="FILE '--noise'"):
        parse(["--exit", "--", "--noise"])


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--bogus"], "--bogus"),
        (["--datset", "moons"], "--datset"),
        (["--data", "moons"], "--data"),
        (["--exit=3"], "--exit"),
        (["missing.csv"], "missing.csv"),
        (["a" * 300 + ".csv"], "a" * 300),
        (["."], "'.'"),
        ([""], "''"),
    ],
)
def test_words_that_make_no_option_are_named(words: list[str], named: str) -> None:
    with pytest.raises(UserError, match="accepted") as caught:
        parse(words)
    assert named in str(caught.value)


def test_a_folder_is_no_file_to_write(tmp_path: Path) -> None:
    (tmp_path / "folder.npz").mkdir()
    (tmp_path / "plain").touch()
    for value, reason in (("folder.npz", "is a folder"), ("plain/a.npz", "there is no folder")):
        with pytest.raises(UserError, match=reason):
            parse(["--export", str(tmp_path / value)])


@given(option=st.sampled_from(VALUED_OPTIONS), value=st.text())
def test_whatever_is_given_is_accepted_or_refused_in_words(option: str, value: str) -> None:
    with suppress(UserError):
        options = parse([option, value])
        assert options != LaunchOptions() or value.lower().lstrip("0") in ("system", "1440x900")


@given(st.text(alphabet="0123456789,x.-+e_ ٣²\t", max_size=40))
def test_accepted_numbers_lie_in_their_ranges(value: str) -> None:
    for option in ("--points", "--noise", "--hidden", "--size", "--learning-rate"):
        with suppress(UserError):
            options = parse([f"{option}={value}"])
            assert options != LaunchOptions() or value.lstrip("0") == "1440x900"
            assert options.points is None or options.points in range(100_001)
            assert options.noise is None or 0 <= options.noise <= 2
            assert options.learning_rate is None or 1e-5 <= options.learning_rate <= 10
            assert all(units in range(1, 65) for units in options.hidden or ())
            assert len(options.hidden or ()) <= 6
            assert options.size[0] in range(1040, 7681)
            assert options.size[1] in range(640, 7681)
