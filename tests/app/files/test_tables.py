from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from app.document.points import Points
from app.errors import UserError
from app.files import table_lines
from app.files.separators import Separator
from app.files.tables import Table, format_table, parse_table, read_table, write_table
from tests.app.files import strategies

THREE = Points.of([[0.5, -1.25, 3e-5], [1.0, 2.5, -7.0]], [0, 1, 0])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


def labels(text: str) -> list[int]:
    return [int(label) for label in parse_table(text).points.labels]


def refused(path: Path, content: str | bytes) -> str:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UserError) as caught:
        read_table(path)
    return strategies.said(caught.value, path)


@given(points=strategies.points())
@example(Points.empty())
@example(Points.of([[0.0], [0.0]], [5]))
@example(Points.of([[5e-324, -1e6], [0.1 + 0.2, -0.0]], [0, 2]))
def test_points_come_back_exactly(folder: Path, points: Points) -> None:
    path = folder / "round.csv"
    write_table(path, Table(points))
    classes = Points.of(points.X, points.labels, test=points.test)
    assert read_table(path) == Table(classes)
    write_table(path, Table(points, "regression"))
    values = Points.of(points.X, np.zeros(len(points)), points.values, points.test)
    assert read_table(path) == Table(values, "regression")


@pytest.mark.parametrize(
    "text",
    [
        "0.5,1,0\n-1.25,2.5,1\n3e-5,-7,0\n",
        "x1,x2,label\n0.5,1,0\n-1.25,2.5,1\n3e-5,-7,0",
        "x1, x2, label\n0.5, 1, 0\n-1.25, 2.5, 1\n3e-5, -7, 0\n",
        "x1;x2;label\n0,5;1;0\n-1,25;2,5;1\n3e-5;-7;0\n",
        "0.5;1;0\n-1.25;2.5;1\n3e-5;-7;0\n",
        "0.5\t1\t0\n-1.25\t2.5\t1\n3e-5\t-7\t0\n",
        "0,5\t1\t0\n-1,25\t2,5\t1\n3e-5\t-7\t0\n",
        "0.5 1 0\n-1.25 2.5 1\n3e-5 -7 0\n",
        "  0.5   1  0\n -1.25   2.5 1\n  3e-5 -7  0  \n",
        "0,5 1,0 0\n-1,25 2,5 1\n3e-5 -7 0\n",
        "0.5,1,0\r\n-1.25,2.5,1\r\n3e-5,-7,0\r\n",
        "0.5,1,0\r-1.25,2.5,1\r3e-5,-7,0\r",
        "\ufeff0.5,1,0\n-1.25,2.5,1\n3e-5,-7,0\n",
        "\ufeffx1,x2,label\n0.5,1,0\n-1.25,2.5,1\n3e-5,-7,0\n",
        "# drawn by hand\n\n0.5,1,0\n   \n-1.25,2.5,1\n  # the last\n3e-5,-7,0\n\n\n",
        '"x1","x2","label"\n"0.5","1","0"\n"-1.25","2.5","1"\n"3e-5","-7","0"\n',
        "0.5,1,-1\n-1.25,2.5,1\n3e-5,-7,-1\n",
        "0.5,1,1\n-1.25,2.5,2\n3e-5,-7,1\n",
        "0.5,1,0.0\n-1.25,2.5,1.000e+00\n3e-5,-7,0\n",
        "0.5,1,blue\n-1.25,2.5,red\n3e-5,-7,blue\n",
        'a,b,"the class, named"\n0.5,1,"blue, dark"\n-1.25,2.5,red\n3e-5,-7,"blue, dark"\n',
        "größe;länge;färbung\n0,5;1;blau\n-1,25;2,5;rot\n3e-5;-7;blau\n",
    ],
)
def test_tables_of_many_hands(tmp_path: Path, text: str) -> None:
    (tmp_path / "points.csv").write_bytes(text.encode())
    assert read_table(tmp_path / "points.csv").points == THREE


def test_without_a_third_column_all_are_of_class_0() -> None:
    assert parse_table("1,2\n3,4\n").points == Points.of([[1, 3], [2, 4]], [0, 0])
    assert labels("x;y\n1,5;2\n") == [0]


def test_numbers_become_classes_in_ascending_order() -> None:
    assert labels("0,0,10\n0,0,-3\n0,0,7\n0,0,10\n") == [2, 0, 1, 2]
    assert labels("".join(f"0,0,{8 - k}\n" for k in range(8))) == [7, 6, 5, 4, 3, 2, 1, 0]


def test_names_become_classes_in_alphabetical_order_whatever_the_lines() -> None:
    assert labels("0,0,versicolor\n0,0,setosa\n0,0,virginica\n") == [1, 0, 2]
    assert labels("0,0,virginica\n0,0,versicolor\n0,0,setosa\n") == [2, 1, 0]
    assert labels("0,0,b\0\n0,0,b\n0,0,a\0\n") == [2, 1, 0]


def test_a_fraction_in_the_third_column_makes_a_regression() -> None:
    values = Points.of([[1, 3], [2, 4]], [0, 0], [2.0, -0.5])
    assert parse_table("1,2,2\n3,4,-0.5\n") == Table(values, "regression")
    assert parse_table("a;b;c\n1;2;2\n3;4;-0,5\n") == Table(values, "regression")


def test_whole_values_are_values_by_their_name() -> None:
    values = Points.of([[1, 3], [2, 4]], [0, 0], [2.0, -5.0])
    text = "x1,x2,value\n1.0,2.0,2.0\n3.0,4.0,-5.0\n"
    assert parse_table(text) == Table(values, "regression")
    assert format_table(Table(values, "regression")) == text
    assert format_table(Table(Points.empty(), "regression")) == "x1,x2,value\n"
    assert parse_table("x1,x2,value\n").task == "regression"


def test_a_fourth_column_holds_points_back_for_the_test() -> None:
    points = Points.of([[1, 3], [2, 4]], [0, 1], test=[True, False])
    text = "x1,x2,label,test\n1.0,2.0,0,1\n3.0,4.0,1,0\n"
    assert parse_table(text) == Table(points)
    assert parse_table("1,2,red,0\n3,4,blue,1\n").points.test.tolist() == [False, True]
    assert format_table(Table(points)) == text


def test_a_gap_in_the_classes_survives() -> None:
    drawn = Points.of([[0.0, 1.0], [0.0, 1.0]], [1, 4])
    assert format_table(Table(drawn)).startswith("x1,x2,class_number\n")
    assert parse_table(format_table(Table(drawn))).points == drawn
    assert format_table(Table(THREE)).startswith("x1,x2,label\n0.5,1.0,0\n")


def test_a_header_alone_is_a_table_of_no_points(tmp_path: Path) -> None:
    write_table(tmp_path / "none.csv", Table(Points.empty()))
    assert (tmp_path / "none.csv").read_text() == "x1,x2,label\n"
    assert read_table(tmp_path / "none.csv") == Table(Points.empty())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "there are no points in it"),
        ("\n\n# only this\n", "there are no points in it"),
        ("hello", "line 1 is 'hello'"),
        ("hello world\n", "line 1 is 'hello world'"),
        ("a,b,c\n\nd,e,f\n", "line 3 is 'd,e,f'"),
        ("1\n2\n", "line 1 is '1'"),
        ("0.1,abc,1\n0,0,1\n", "line 1 is '0.1,abc,1'"),
        ("1,2,0\n3,4,5,6\n", "line 2 is '3,4,5,6', 4 columns; accepted: 3"),
        ("1,2,0\n3,4\n", "line 2 is '3,4', 2 columns; accepted: 3"),
        ("1,2,3,4\n5,6,7,8\n", "in line 1 test is '4'; accepted: 1 for a point of the test set"),
        ("1,2,0\n\n# note\nabc,4,0\n", "in line 4 x1 is 'abc'; accepted: a number from -1,000,000"),
        ("1,2,0\r\n3,4x,0\r\n", "in line 2 x2 is '4x'"),
        ("1,2,0\n3,,0\n", "in line 2 x2 is ''"),
        ("1\t\t0\n3\t4\t1\n", "line 1 is '1\\t\\t0'"),
        ("x1\tx2\tlabel\n1\t\t0\n3\t4\t1\n", "line 2 is '1\\t\\t0'"),
        ("x1\tx2\n1\t\t0\t1\n3\t4\t1\n", "line 2 is '1\\t\\t0\\t1'"),
        ("1,2,0\n3,nan,0\n", "in line 2 x2 is 'nan'"),
        ("1,2,0\n-inf,4,0\n", "in line 2 x1 is '-inf'"),
        ("1,2,0\n1e7,4,0\n", "in line 2 x1 is '1e7'"),
        ("1,2,0\n1_0,4,0\n", "in line 2 x1 is '1_0'"),
        ("1,2,0\n٣,4,0\n", "in line 2 x1 is '٣'"),
        ("1,2,0\n3,4,\n", "in line 2 the label is ''"),
        (
            "1,2,3,1,5\n",
            "line 1 is '1,2,3,1,5', 5 columns; accepted: 2 (x1, x2), 3",
        ),
        ("1,2,0,0\n3,4,0,\n", "in line 2 test is ''; accepted: 1 for a point of the test set"),
        ("1,2,0.5\n3,4,1e7\n", "in line 2 the value is 10000000; accepted: a number from"),
        ("1,2,0.5\n3,4,red\n", "in line 2 the label is 'red'; accepted: numbers in all lines"),
        ("x1,x2,value\n3,4,red\n", "in line 2 the value is 'red'; accepted: a number from"),
        ("x1,x2,class_number\n3,4,0.5\n", "in line 2: class_number is accepted from 0 to 7"),
        ("1,2,0\n3,4,nan\n", "in line 2 the label is 'nan'"),
        ("1,2,0\n3,4,red\n", "in line 2 the label is 'red'"),
        ("1,2,red\n3,4,5\n", "the label is "),
        ("1,2,red\n3,4,\n", "the label is "),
        (
            "".join(f"0,0,{k}\n" for k in range(10)),
            "10 different labels, one too many in line 9; ",
        ),
        ("\n" + "0,0,n\n" * 5 + "".join(f"0,0,n{k}\n" for k in range(11)), "many in line 14; "),
        (
            "x1,x2,class_number\n0,0,7\n0,0,8\n",
            "in line 3: class_number is accepted from 0 to 7",
        ),
        ("x1,x2,class_number\n0,0,red\n", "accepted from 0 to 7"),
        (b"1,2,0\n3,4,\xff\n", "line 2 is not UTF-8 text"),
        (b"\xff\xfe1\x00,\x002\x00", "line 1 is not UTF-8 text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "line 1 is not UTF-8 text"),
        ("1,2,0\n\0\0\0\0\n", "line 2 is "),
        ("1,2,0\n" + "9" * 5000 + ",2,0\n", "in line 2 x1 is '9999"),
        ('1,2,0\n"' + "9" * 200_000 + '",2,0\n', "in line 2 x1 is "),
    ],
)
def test_what_is_no_table_is_refused_with_its_line(
    tmp_path: Path, text: str | bytes, words: str
) -> None:
    assert words in refused(tmp_path / "points.csv", text)


def test_paths_that_cannot_be_read_or_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for place, words in [
        (tmp_path / "missing" / "p.csv", "there is no folder"),
        (tmp_path / "file" / "p.csv", "is not a folder"),
        (tmp_path, "it is a folder"),
    ]:
        with pytest.raises(UserError) as caught:
            write_table(place, Table(THREE))
        assert words in strategies.said(caught.value, place)
        with pytest.raises(UserError) as caught:
            read_table(place)
        assert words in strategies.said(caught.value, place)


def test_points_that_could_not_be_read_again_replace_nothing(tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    write_table(path, Table(THREE))
    with pytest.raises(UserError, match=r"in line 2 x1 is '2000000\.0'"):
        write_table(path, Table(Points.of([[2e6], [0.0]], [0])))
    assert read_table(path).points == THREE


def test_a_large_table_takes_the_fast_way(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(1)
    many = Points.of(random.normal(size=(2, 20_000)), random.integers(0, 3, 20_000))
    monkeypatch.delattr(table_lines, "_careful_columns")
    assert parse_table(format_table(Table(many))).points == many
    semicolons = format_table(Table(many)).replace(",", ";").replace(".", ",")
    assert parse_table(semicolons).points == many


numbers = st.floats(-1e6, 1e6).map(repr) | st.sampled_from(
    [
        "0",
        "-1",
        "1,5",
        "1e3",
        " 2 ",
        "+3.",
        ".5",
        "1e7",
        "nan",
        "inf",
        "1_0",
        "0x10",
        "",
        "٣",
        "red",
    ]
)


@given(
    rows=st.lists(st.lists(numbers, min_size=2, max_size=4), min_size=1, max_size=6),
    separator=st.sampled_from([",", ";", "\t", " "]),
)
def test_the_fast_way_and_the_careful_way_agree(rows: list[list[str]], separator: str) -> None:
    lines = [(k, separator.join(row)) for k, row in enumerate(rows, start=1)]
    assume(not any(line.isspace() for _, line in lines))
    sign = Separator(None if separator == " " else separator, "" if separator == "," else ".")
    table = table_lines.numbers_in_lines([line for _, line in lines], sign)
    fast = None if table is None else table_lines.plain_columns(table)
    if fast is None:
        return
    careful = table_lines._careful_columns(lines, sign)
    assert all(map(np.array_equal, fast, careful))


@given(content=st.binary(max_size=80) | st.text(max_size=80).map(lambda text: text.encode("utf-8")))
@example(b"0,0\n0 0\x0c0")
def test_junk_raises_nothing_else(folder: Path, content: bytes) -> None:
    path = folder / "junk.csv"
    path.write_bytes(content)
    try:
        read_table(path)
    except UserError as error:
        strategies.said(error, path)


@given(
    text=st.text(alphabet='0123456789.,;\t \n\r#"-+eEx_nainf\x0b\x0c\x1c\x85\u2028', max_size=60)
)
def test_almost_tables_raise_nothing_else(folder: Path, text: str) -> None:
    path = folder / "almost.csv"
    path.write_bytes(text.encode())
    try:
        table = read_table(path)
    except UserError as error:
        strategies.said(error, path)
    else:
        assert parse_table(format_table(table)) == table
