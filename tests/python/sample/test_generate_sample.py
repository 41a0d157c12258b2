"""The synthetic sample is reproducible, well-formed and what it says it is."""

import csv

import pandas as pd
import pyarrow.parquet as pq
import pytest
from scipy.stats import chi2_contingency

import declared
import generate_sample
from conftest import ROOT

SAMPLE = ROOT / "seeds" / "raw_user_profiles.csv"
SAMPLE_TRUTH = ROOT / "tests" / "data" / "sample_truth.csv"

HEADER_LINE = (
    "User ID,Age,Gender,Location,Language,Education Level,Likes and Reactions,"
    "Followed Accounts,Device Usage,Time Spent Online (hrs/weekday),"
    "Time Spent Online (hrs/weekend),Click-Through Rates (CTR),Conversion Rates,"
    "Ad Interaction Time (sec),Income Level,Top Interests"
)
# Lowest and highest value and decimals in the file whose format is imitated.
NUMBERS = {
    "Likes and Reactions": (101, 9973, 0),
    "Followed Accounts": (10, 498, 0),
    "Time Spent Online (hrs/weekday)": (0.5, 5, 1),
    "Time Spent Online (hrs/weekend)": (1, 8, 1),
    "Click-Through Rates (CTR)": (0, 0.25, 3),
    "Conversion Rates": (0, 0.1, 3),
    "Ad Interaction Time (sec)": (5, 179, 0),
}


@pytest.fixture(scope="module")
def profiles():
    return pd.read_csv(SAMPLE, dtype=str)


@pytest.fixture(scope="module")
def truth():
    return pd.read_csv(SAMPLE_TRUTH)


@pytest.fixture(scope="module")
def big_truth():
    stream = generate_sample.random_stream(1, "personas", 0)
    return generate_sample.truth_table(
        generate_sample.draw_personas(stream, 100_000, 0.05), 1
    ).to_pandas()


def sample_in(folder):
    (folder / "seeds").mkdir()
    (folder / "data").mkdir()
    return generate_sample.Files(
        output=folder / "seeds/raw_user_profiles.csv",
        truth=folder / "truth.csv",
        events=folder / "data/events.parquet",
        transactions=folder / "data/transactions.parquet",
        aliases=folder / "data/user_aliases.csv",
    )


def test_no_arguments_make_the_shipped_files(tmp_path, monkeypatch):
    again = sample_in(tmp_path)
    checksums = tmp_path / "sample.sha256"
    monkeypatch.setattr(generate_sample, "SAMPLE", again)
    monkeypatch.setattr(generate_sample, "SAMPLE_CHECKSUMS", checksums)
    generate_sample.main([])
    for made, shipped in {
        again.output: SAMPLE,
        again.truth: SAMPLE_TRUTH,
        again.events: ROOT / "data" / "events.parquet",
        again.transactions: ROOT / "data" / "transactions.parquet",
        again.aliases: ROOT / "data" / "user_aliases.csv",
        checksums: ROOT / "data" / "sample.sha256",
    }.items():
        assert made.read_bytes() == shipped.read_bytes()


@pytest.mark.parametrize("extension", ["csv", "parquet"])
def test_the_seed_decides_every_byte(tmp_path, extension):
    def run(name, seed):
        path = tmp_path / f"{name}.{extension}"
        generate_sample.main(["--users=500", f"--seed={seed}", f"--output={path}"])
        return path.read_bytes()

    assert run("first", 7) == run("again", 7)
    assert run("first", 7) != run("other", 8)


def test_an_output_of_ones_own_comes_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(generate_sample, "SAMPLE", sample_in(tmp_path))
    generate_sample.main([f"--output={tmp_path / 'users.csv'}"])
    files = [path.name for path in tmp_path.rglob("*") if path.is_file()]
    assert files == ["users.csv"]


def test_csv_and_parquet_hold_the_same_rows_across_chunks(tmp_path, monkeypatch):
    monkeypatch.setattr(generate_sample, "CHUNK_USERS", 300)
    for extension in ("csv", "parquet"):
        generate_sample.main(
            [
                "--users=1000",
                f"--output={tmp_path / 'users'}.{extension}",
                f"--truth={tmp_path / 'truth'}.{extension}",
            ]
        )
    for name in ("users", "truth"):
        from_csv = pd.read_csv(tmp_path / f"{name}.csv")
        from_parquet = pq.read_table(tmp_path / f"{name}.parquet").to_pandas()
        pd.testing.assert_frame_equal(from_csv, from_parquet, check_dtype=False)
        assert from_csv.iloc[:, 0].tolist() == list(range(1, 1001))


def test_no_two_chunks_share_a_random_stream(tmp_path, monkeypatch):
    streams, random_stream = [], generate_sample.random_stream

    def recorded_stream(*arguments):
        streams.append(random_stream(*arguments))
        return streams[-1]

    monkeypatch.setattr(generate_sample, "CHUNK_USERS", 10)
    monkeypatch.setattr(generate_sample, "random_stream", recorded_stream)
    files = generate_sample.Files(tmp_path / "users.csv")
    generate_sample.generate(30, 7, 0.05, files)
    # Copies of one stream end in different states, but keep its increment.
    increments = {stream.bit_generator.state["state"]["inc"] for stream in streams}
    assert len(increments) == len(streams) == 3 * 2


def test_csv_has_the_header_plain_line_ends_and_needed_quotes_only():
    text = SAMPLE.read_bytes().decode("ascii")
    assert text.startswith(HEADER_LINE + "\n")
    assert "\r" not in text
    for line, fields in zip(
        text.splitlines(), csv.reader(text.splitlines()), strict=True
    ):
        quoted = [f'"{field}"' if "," in field else field for field in fields]
        assert line == ",".join(quoted)


@pytest.mark.parametrize(("header", "bounds"), NUMBERS.items())
def test_numbers_keep_range_and_decimals(profiles, header, bounds):
    lowest, highest, decimals = bounds
    assert pd.to_numeric(profiles[header]).between(lowest, highest).all()
    assert profiles[header].str.partition(".")[2].str.len().max() == decimals


def test_answers_and_interests_are_those_that_are_declared(profiles):
    known = map(tuple, declared.answers().values())
    assert sorted(known) == sorted(generate_sample.ANSWERS.values())
    for header, answers in generate_sample.ANSWERS.items():
        assert set(profiles[header]) == set(answers)

    interests = profiles["Top Interests"].str.split(", ")
    assert set(interests.explode()) == set(declared.items())
    assert set(interests.str.len()) == {1, 2, 3, 4}
    assert interests.map(lambda named: len(named) == len(set(named))).all()


def test_personas_speak_of_known_columns_answers_and_interests():
    for persona in generate_sample.PERSONAS:
        assert len(persona.means) == len(generate_sample.NUMBERS)
        assert set(persona.interests) <= set(generate_sample.INTERESTS)
        for header, weights in persona.weights.items():
            assert len(weights) == len(generate_sample.ANSWERS[header])


@pytest.mark.parametrize("header", ["Gender", "Language"])
def test_gender_and_language_say_nothing_of_the_persona(profiles, truth, header):
    table = pd.crosstab(truth["persona"], profiles[header])
    assert chi2_contingency(table).pvalue > 0.01


@pytest.mark.parametrize("header", ["Location", "Device Usage", "Income Level"])
def test_tilted_answers_say_much_of_the_persona(profiles, truth, header):
    table = pd.crosstab(truth["persona"], profiles[header])
    assert chi2_contingency(table).pvalue < 1e-6


def test_conversion_differs_between_personas(profiles, truth):
    conversion = pd.to_numeric(profiles["Conversion Rates"])
    means = conversion.groupby(truth["persona"]).mean().drop("background").sort_values()
    assert means.iloc[-1] > 3 * means.iloc[0]


def test_shares_are_as_planted_in_random_order(big_truth):
    shares = big_truth["persona"].value_counts(normalize=True)
    assert shares.pop("background") == pytest.approx(0.05, abs=0.003)
    for persona in generate_sample.PERSONAS:
        assert shares.pop(persona.name) == pytest.approx(
            0.95 * persona.share, abs=0.005
        )
    assert shares.empty
    first = big_truth["persona"].head(1000).value_counts(normalize=True)
    assert first["background"] == pytest.approx(0.05, abs=0.02)


def test_truth_matches_the_sample(profiles, truth):
    assert list(truth) == ["user_id", "persona", "is_background"]
    assert truth["user_id"].tolist() == profiles["User ID"].astype(int).tolist()
    assert truth["is_background"].eq(truth["persona"] == "background").all()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--users=0"], "--users must be at least 1"),
        (["--users=many"], "invalid int value"),
        (["--seed=-1"], "--seed must be at least 0"),
        (["--output=users.txt"], "must end in .csv or .parquet"),
        (["--truth="], "must end in .csv or .parquet"),
        (["--output=no_such_folder/users.csv"], "does not exist"),
        (["--output=folder.csv"], "Is a directory"),
        (["--output=same.csv", "--truth=same.csv"], "same file"),
        (["--events=same.csv", "--aliases=./same.csv"], "same file"),
    ],
)
def test_bad_arguments_get_one_plain_line(
    tmp_path, monkeypatch, capsys, arguments, reason
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(generate_sample, "SAMPLE", sample_in(tmp_path))
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(SystemExit) as stop:
        generate_sample.main(arguments)
    message = capsys.readouterr().err
    assert stop.value.code == 2
    assert message.count("\n") == 1
    assert reason in message
