"""What columns are taken for, and what follows."""

import random

import pytest
import yaml

from user_segmentation.draft.draft import draft
from user_segmentation.draft.lists import find_list
from user_segmentation.draft.numbers import Convention, find_convention
from user_segmentation.draft.protected import protected_kind
from user_segmentation.draft.refusal import DraftRefusedError
from user_segmentation.draft.scales import band_midpoints, scale_order


@pytest.fixture
def drafted(tmp_path):
    """Draft columns of 40 users: the declarations, the guesses, the objective."""

    def drafted(row_count=40, **columns):
        path = tmp_path / "people.csv"
        names = ["user_id", "visits", *(name.replace("__", " ") for name in columns)]
        rows = [
            [
                f"u{row}",
                str(row * 7 % 31),
                *(values[row % len(values)] for values in columns.values()),
            ]
            for row in range(row_count)
        ]
        path.write_text("\n".join(";".join(row) for row in [names, *rows]) + "\n")
        found = draft(str(path))
        (table,) = yaml.safe_load(found.text)["sources"][0]["tables"]
        metas = {c["name"]: c["config"]["meta"] for c in table["columns"]}
        guesses = {guess.name: guess for guess in found.guesses}
        return metas, guesses, table["config"]["meta"]["objectives"]["people"]

    return drafted


@pytest.mark.parametrize(
    ("name", "values", "kind"),
    [
        ("joined", ["2024-01-31", "2024-02-01"], "date"),
        ("joined", ["20240131", "20240201"], "date"),
        ("joined", ["31.01.2024", "01.02.2024"], "date"),
        ("joined", ["2024-01-31T10:00:00Z", "2024-02-01T11:30:00Z"], "date"),
        ("joined", ["31/01/2024", "01/02/2024"], "date"),
        ("joined", ["01/02/2024", "03/04/2024"], "ignore"),
        ("joined", ["2024-02-30", "2024-02-31"], "category"),
        ("is_member", ["yes", "No"], "flag"),
        ("is_member", ["1", "0"], "flag"),
        ("is_member", ["true", "false", ""], "flag"),
        ("plan", ["1", "2"], "number"),
        ("size", ["small", "Medium", "large"], "ordered"),
        ("size", ["small", "blue", "large"], "category"),
        ("open_rate", ["0.1", "0.25", "1"], "rate"),
        ("opened", ["0.1", "0.25", "1"], "number"),
        ("opened", ["12%", "7.5 %"], "rate"),
        ("code", ["007", "0815", "123"], "category"),
        ("zip", ["10115", "20095", "80331"], "category"),
        ("zip", [str(10100 + n) for n in range(30)], "ignore"),
        ("First__name", ["Ann", "Bob"], "ignore"),
        ("paid", [f"€ {n}.50" for n in range(30)], "ignore"),
        ("always", ["x"], "ignore"),
        ("never", [""], "ignore"),
        ("note", [f"some words {n}" for n in range(40)], "ignore"),
        ("note", [f"some words {n}" for n in range(30)], "ignore"),
        ("tags", ["a|b", "b", "c|a", "a"], "list"),
        ("row", [str(n) for n in range(40)], "ignore"),
    ],
)
def test_a_column_is_taken_for(drafted, name, values, kind):
    metas, guesses, _ = drafted(**{name: values})
    name = name.replace("__", " ")
    assert metas[name]["type"] == kind
    assert guesses[name].why


def test_what_is_declared_of_a_number_is_true_of_it(drafted):
    metas, _, _ = drafted(
        whole=["1", "5", "3"], balance=["-2.5", "3", "1"], change=["-10%", "120%"]
    )
    assert metas["whole"]["minimum"] == 0
    assert metas["whole"]["is_whole"] is True
    assert {"minimum", "is_whole"} & metas["balance"].keys() == set()
    assert metas["balance"]["feature"]["is_zero_none"] is False
    assert (metas["change"]["minimum"], metas["change"]["maximum"]) == (-1, 2)


def test_texts_that_mean_missing_are_declared(drafted):
    metas, guesses, _ = drafted(
        amount=["1", "NA", "-", "7", "unknown"],
        city=["Rome", "n/a", "k.A.", "", "Oslo"],
    )
    assert metas["amount"]["missing_values"] == ["-", "NA", "unknown"]
    assert metas["amount"]["when_missing"] == "unknown"
    assert guesses["amount"].missing_share == pytest.approx(0.6)
    assert metas["city"]["missing_values"] == ["k.A.", "n/a"]
    assert sorted(metas["city"]["answers"]) == ["Oslo", "Rome"]
    assert guesses["city"].missing_share == pytest.approx(0.6)


def test_what_is_unknown_for_most_forms_no_segments(drafted):
    metas, guesses, objective = drafted(
        half=["1", ""] * 2 + ["2", ""], most=["1", "2", "", "", ""]
    )
    assert metas["half"]["feature"] == {"block": "numbers"}
    assert metas["most"]["type"] == "number"
    assert "feature" not in metas["most"]
    assert guesses["most"].remarks == ["unknown for most: forms no segments"]
    assert objective == {"block_weights": {"numbers": 1}, "segment_count": "auto"}


def test_a_near_copy_only_describes(drafted):
    amounts = [str(5 + number * 11 % 40) for number in range(40)]
    metas, guesses, _ = drafted(
        amount=amounts, amount_usd=[str(int(a) * 3 + 1) for a in amounts]
    )
    assert metas["amount"]["feature"] == {"block": "numbers"}
    assert metas["amount_usd"]["feature"]["role"] == "descriptor"
    assert guesses["amount_usd"].remarks == ["nearly a copy of amount"]


def test_a_copy_of_what_is_protected_forms_no_segments(drafted):
    ages = [str(20 + number * 11 % 40) for number in range(40)]
    metas, _, _ = drafted(oldness=[str(int(a) * 2) for a in ages], age=ages)
    assert metas["age"]["is_protected"]
    assert metas["oldness"]["feature"]["role"] == "descriptor"


def test_answers_that_go_together_form_segments_once(drafted):
    metas, _, _ = drafted(
        country=["Germany", "France", "Italy"],
        code_of_it=["DE", "FR", "IT"],
        other=["x", "y", "z", "z"],
    )
    assert metas["code_of_it"]["feature"]["role"] == "descriptor"
    assert "role" not in metas["country"]["feature"]
    assert "role" not in metas["other"]["feature"]


def test_skewed_numbers_are_logged(drafted):
    random.seed(0)
    amounts = [f"{random.lognormvariate(3, 1):.2f}" for _ in range(40)]
    metas, _, _ = drafted(amount=amounts, flat=[str(n % 9) for n in range(40)])
    assert metas["amount"]["feature"]["transform"] == "log1p"
    assert "transform" not in metas["flat"]["feature"]


def test_answers_weigh_as_a_block_and_less_than_numbers(drafted):
    _, _, objective = drafted(
        spent_food=["1", "5", "2"],
        spent_toys=["7", "3", "3", "9"],
        spent_wine=["5", "5", "1", "2", "3"],
        city=["Rome", "Paris", "Oslo"],
        tags=["a|b", "b", "c|a", "a"],
        is_in=["0", "0", "0", "1", "1"],
    )
    assert objective["block_weights"] == {
        **{"numbers": 1, "spent": 1, "answers": 0.5, "lists": 0.5, "flags": 0.5}
    }


def test_rare_answers_are_one_flag(drafted):
    cities = ["Rome", "Paris"] * 148 + ["Bonn"] * 2 + ["Oslo"] + ["Lima"]
    metas, _, _ = drafted(300, city=cities)
    flags = {name: flag["answers"] for name, flag in metas["city"]["flags"].items()}
    assert flags == {
        "is_city_rome": ["Rome"],
        "is_city_paris": ["Paris"],
        "is_city_other": ["Bonn", "Lima", "Oslo"],
    }


def test_one_flag_says_which_of_two_answers(drafted):
    metas, _, _ = drafted(plan=["basic plan", "full plan"])
    (flag,) = metas["plan"]["flags"].values()
    assert flag["answers"] == ["full plan"]
    assert flag["words"] == {
        "high": ["full-plan-leaning", "full-plan-leaning users"],
        "low": ["basic-plan-leaning", "basic-plan-leaning users"],
    }


def test_answers_are_listed_once_in_any_case(drafted):
    metas, _, _ = drafted(city=["Rome", "rome", "Rome", "Oslo", "OSLO", "Oslo"])
    assert metas["city"]["answers"] == ["Oslo", "Rome"]


def test_names_for_sql_are_unique(drafted):
    metas, guesses, _ = drafted(年=["1", "5"], 月=["7", "3", "4"], City__x=["3", "1"])
    names = [guess.sql_name for guess in guesses.values()]
    assert len(set(names)) == len(names)
    assert metas["月"]["name"] != "column"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Age", "age"),
        ("Year_Birth", "age"),
        ("dateOfBirth", "age"),
        ("GENDER", "sex"),
        ("Sexual orientation", "orientation"),
        ("Ethnicity (self)", "origin"),
        ("nationality", "origin"),
        ("Religion", "religion"),
        ("has_disability", "health"),
        ("marital-status", "marital status"),
        ("average order", None),
        ("page views", None),
        ("usage", None),
        ("embrace", None),
    ],
)
def test_protected_names_are_known_as_words(name, kind):
    assert protected_kind(name) == kind


@pytest.mark.parametrize(
    ("answers", "middles"),
    [
        (["65+", "18-24", "25-64"], [("18-24", 21), ("25-64", 44.5), ("65+", 85)]),
        (
            ["0-20k", "20k-40k", "40k+"],
            [("0-20k", 10_000), ("20k-40k", 30_000), ("40k+", 50_000)],
        ),
        (
            ["<10", "10 to 20", "over 20"],
            [("<10", 5), ("10 to 20", 15), ("over 20", 25)],
        ),
        (["1-5", "3-8", "9+"], None),
        (["1-5", "6-8", "many"], None),
        (["10+", "20+", "30+"], None),
        (["2021-22", "2022-23", "2023-24"], None),
    ],
)
def test_bands_have_an_order_and_middles(answers, middles):
    assert band_midpoints(answers) == middles


@pytest.mark.parametrize(
    ("answers", "order"),
    [
        (["High", "low", "Medium"], ["low", "Medium", "High"]),
        (["PhD", "High School", "Master"], ["High School", "Master", "PhD"]),
        (["Gold", "Silver", "Bronze"], ["Bronze", "Silver", "Gold"]),
        (["Gold", "Silver", "Blue"], None),
        (["low", "high"], None),
    ],
)
def test_known_scales_have_an_order(answers, order):
    assert scale_order(answers) == order


def test_lists_have_items_that_come_back():
    assert find_list({"a, b": 10, "b": 5, "a": 5}) == (",", {"a": 15, "b": 15})
    assert find_list({"Smith, Ann": 1, "Jones, Bob": 1, "Lee, Kim": 1}) is None
    assert find_list({"a": 10, "b": 5}) is None


def test_other_columns_tell_what_a_comma_is():
    unclear = ["1,234", "5,678"]
    assert not find_convention([unclear])[1]
    assert find_convention([["1 234", "5"]]) == (Convention(".", " "), True)
    assert find_convention([unclear, ["1,5"]]) == (Convention(","), True)
    assert find_convention([unclear, ["1,234.5"]]) == (Convention(".", ","), True)


def test_two_users_of_one_identifier_are_said(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("name;Customer ID;visits\na;1;5\nb;1;7\na;2;\n")
    with pytest.raises(DraftRefusedError) as refused:
        draft(str(path))
    assert str(refused.value) == (
        f"{path}: which column identifies a user? None has another value in each row; "
        "in 'Customer ID' 1 of 3 rows have one that another row has, or none. Give "
        "each user one row; a log is drafted where it has a user, a time and an "
        "amount, and else declared by hand (docs/logs.md)."
    )


def test_an_identifier_is_asked_for_where_any_of_several_would_do(tmp_path):
    path = tmp_path / "people.csv"
    rows = [f"{n % 5};{n}x;{n}y" for n in range(20)]
    path.write_text("\n".join(["visits;first;second", *rows]))
    with pytest.raises(DraftRefusedError, match="'first', 'second' would do"):
        draft(str(path))
    found = draft(str(path), "second")
    assert [guess.kind for guess in found.guesses] == ["number", "ignore", "id"]
    for name, said in [("third", "there is no column 'third'"), ("visits", "15 of 20")]:
        with pytest.raises(DraftRefusedError, match=said):
            draft(str(path), name)


def test_a_few_rows_that_do_not_fit_are_said(drafted):
    amounts = [f"{n % 9}.5" for n in range(299)]
    days = [f"{n % 28 + 1:02}/{n % 12 + 1:02}/2024" for n in range(298)]
    metas, guesses, _ = drafted(
        300, amount=[*amounts, "many"], day=[*days, "00/00/0000", "02/30/2024"]
    )
    assert metas["amount"]["type"] == "number"
    assert guesses["amount"].remarks == ["rows that do not fit: 1"]
    assert metas["day"] | {"feature": None, "words": None} == {
        **{"type": "date", "format": "%d/%m/%Y", "when_missing": "unknown"},
        **{"label": "Day", "feature": None, "words": None},
    }
    assert guesses["day"].remarks == ["rows that do not fit: 2"]


def test_more_days_since_a_date_are_an_early_one(drafted):
    metas, _, _ = drafted(signUpDay=["2024-01-31", "2024-02-01"])
    assert metas["signUpDay"]["feature"]["label"] == "Days since Sign up day"
    assert metas["signUpDay"]["words"] == {
        "high": ["early-sign-up-day", "users with early sign up day dates"],
        "low": ["recent-sign-up-day", "users with recent sign up day dates"],
    }


def test_signs_beside_numbers_are_said(drafted):
    _, guesses, _ = drafted(paid=[f"€ {n}.50" for n in range(30)])
    assert guesses["paid"].why == "numbers with signs beside them, as € 0.50"
