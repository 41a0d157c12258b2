"""Values: numbers, answers, identifiers and sizes."""

from damaged_files.cases import (
    PLACES,
    ROWS,
    judged,
    refused,
    sound,
    table,
    too_many,
    with_values,
)

MOST_CHARACTERS = 100_000

NUMBERS = {
    "numbers_that_are_none": judged(
        ("reaction_count_not_a_number", {"reaction_count": "NaN"}),
        ("followed_account_count_not_a_number", {"followed_account_count": "inf"}),
        ("weekday_hours_online_not_a_number", {"weekday_hours_online": "-Infinity"}),
        ("click_through_rate_not_a_number", {"click_through_rate": "nan%"}),
        ("ad_interaction_seconds_not_a_number", {"ad_interaction_seconds": "1e400"}),
    ),
    "numbers_for_programmers": judged(
        ("reaction_count_not_a_number", {"reaction_count": "0x10"}),
        ("reaction_count_not_a_number", {"reaction_count": "1_000"}),
        ("weekday_hours_online_not_a_number", {"weekday_hours_online": "1.8f"}),
        ("conversion_rate_not_a_number", {"conversion_rate": "1/15"}),
        ("", {"reaction_count": "1.2E+3"}),
        # It would be 0.
        ("conversion_rate_too_precise", {"conversion_rate": "1e-400"}),
        ("", {"conversion_rate": "-0"}),
    ),
    "thousands_separators": judged(
        ("reaction_count_not_a_number", {"reaction_count": "1,073"}),
        ("reaction_count_not_a_number", {"reaction_count": "1 073"}),
        ("reaction_count_not_a_number", {"reaction_count": "1\u00a0073"}),
        ("reaction_count_not_a_number", {"reaction_count": "1'073"}),
        # A point is a decimal point: never a guess.
        ("reaction_count_not_a_whole_number", {"reaction_count": "1.073"}),
    ),
    "decimal_commas": judged(
        ("weekday_hours_online_not_a_number", {"weekday_hours_online": "1,8"}),
        ("click_through_rate_not_a_number", {"click_through_rate": "0,193"}),
        ("click_through_rate_not_a_number", {"click_through_rate": "19,3%"}),
        ("conversion_rate_not_a_number", {"conversion_rate": "0.06.7"}),
        ("weekday_hours_online_not_a_number", {"weekday_hours_online": "1·8"}),
    ),
    "negative_numbers": judged(
        ("reaction_count_below_0", {"reaction_count": "-1"}),
        ("weekday_hours_online_below_0", {"weekday_hours_online": "\u22121.5"}),
        ("ad_interaction_seconds_not_a_number", {"ad_interaction_seconds": "(25)"}),
        ("ad_interaction_seconds_not_a_number", {"ad_interaction_seconds": "25-"}),
        ("conversion_rate_below_0", {"conversion_rate": "-6.7%"}),
    ),
    "numbers_above_the_range": judged(
        ("followed_account_count_above_1000000000", {"followed_account_count": "1e30"}),
        ("weekday_hours_online_above_24", {"weekday_hours_online": "24.1"}),
        ("weekend_hours_online_above_24", {"weekend_hours_online": "168"}),
        ("click_through_rate_above_1", {"click_through_rate": "19.3"}),
        ("ad_interaction_seconds_above_86400", {"ad_interaction_seconds": "86401"}),
    ),
    "numbers_at_the_limits": judged(
        ("", {"reaction_count": "0", "followed_account_count": "1000000000"}),
        ("", {"weekday_hours_online": "24", "weekend_hours_online": "0"}),
        ("", {"click_through_rate": "100%", "conversion_rate": "1.000"}),
        ("", {"ad_interaction_seconds": "86400.0"}),
    ),
    "percent_signs": judged(
        ("", {"click_through_rate": "19.3%"}),
        ("", {"click_through_rate": " 19.3 % "}),
        ("conversion_rate_not_a_number", {"conversion_rate": "6.7%%"}),
        ("conversion_rate_not_a_number", {"conversion_rate": "%6.7"}),
        ("conversion_rate_above_1", {"conversion_rate": "100.1%"}),
        ("weekday_hours_online_not_a_number", {"weekday_hours_online": "7%"}),
        ("conversion_rate_not_a_number", {"conversion_rate": "6.7‰"}),
    ),
    "units": judged(
        ("weekday_hours_online_not_a_number", {"weekday_hours_online": "1.8 h"}),
        ("weekday_hours_online_not_a_number", {"weekday_hours_online": "1:48"}),
        ("ad_interaction_seconds_not_a_number", {"ad_interaction_seconds": "25s"}),
        ("reaction_count_not_a_number", {"reaction_count": "1.1k"}),
        ("reaction_count_not_a_number", {"reaction_count": "$1073"}),
    ),
    "dates_for_numbers": judged(
        ("reaction_count_not_a_number", {"reaction_count": "2024-05-01"}),
        ("weekday_hours_online_not_a_number", {"weekday_hours_online": "01.Aug"}),
        ("weekend_hours_online_not_a_number", {"weekend_hours_online": "5/6/2024"}),
        ("conversion_rate_not_a_number", {"conversion_rate": "00:30:00"}),
        ("age_unknown", {"age": "18. Okt"}),
    ),
    "digits_of_other_scripts": judged(
        ("reaction_count_not_a_number", {"reaction_count": "\uff11\uff10\uff17\uff13"}),
        ("reaction_count_not_a_number", {"reaction_count": "١٠٧٣"}),
        ("weekday_hours_online_not_a_number", {"weekday_hours_online": "½"}),
        ("reaction_count_not_a_number", {"reaction_count": "Ⅻ"}),
        ("age_unknown", {"age": "\uff15\uff15-\uff16\uff14"}),
    ),
    "words_for_nothing": judged(
        ("reaction_count_not_a_number", {"reaction_count": "NULL"}),
        ("age_unknown", {"age": "N/A"}),
        ("gender_unknown", {"gender": "None"}),
        ("top_interests_unknown", {"top_interests": "-"}),
        ("location_unknown", {"location": "?"}),
    ),
    "values_missing": judged(
        ("age_missing, income_level_missing", {"age": "", "income_level": " "}),
        ("reaction_count_missing", {"reaction_count": "\t"}),
        ("conversion_rate_missing", {"conversion_rate": "\u00a0"}),
        ("top_interests_missing", {"top_interests": ""}),
        ("user_id_missing", {"user_id": "  "}),
    ),
    "all_hours_with_decimal_commas": too_many(
        "weekday_hours_online_not_a_number",
        with_values(
            "weekday_hours_online", lambda hours: f"{hours}0".replace(".", ",")
        ),
    ),
    "all_rates_in_percent_without_the_sign": too_many(
        "click_through_rate_above_1",
        with_values("click_through_rate", lambda rate: str(100 * float(rate))),
    ),
}

ANSWERS = {
    "answers_not_listed": judged(
        ("age_unknown", {"age": "29"}),
        ("gender_unknown", {"gender": "F"}),
        ("location_unknown", {"location": "Town"}),
        ("language_unknown", {"language": "Klingon"}),
        ("income_level_unknown", {"income_level": "$20k-$40k"}),
    ),
    "answers_to_other_questions": judged(
        ("age_unknown", {"age": "20k-40k"}),
        ("gender_unknown, location_unknown", {"gender": "Urban", "location": "Male"}),
        ("education_level_unknown", {"education_level": "English"}),
        ("device_usage_unknown", {"device_usage": "Gaming"}),
        ("top_interests_unknown", {"top_interests": "Tablet"}),
    ),
    "letter_case": judged(
        ("", {"gender": "FEMALE", "location": "urban", "education_level": "phd"}),
        ("", {"income_level": "20K-40K", "device_usage": "mobile + desktop"}),
        ("", {"top_interests": "GAMING, data science"}),
    ),
    "typographic_dashes": judged(
        *(
            ("", {"age": f"25{dash}34"})
            for dash in "\u2010\u2011\u2012\u2013\u2014\u2212"
        ),
        ("age_unknown", {"age": "25~34"}),
        ("age_unknown", {"age": "25 - 34"}),
    ),
    "no_break_spaces": judged(
        ("", {"location": "\u00a0Urban\u00a0", "reaction_count": "1073\u00a0"}),
        ("", {"user_id": "\u00a0anna\u00a0"}),
        ("device_usage_unknown", {"device_usage": "Mobile\u00a0Only"}),
    ),
    "letters_that_look_alike": judged(
        ("gender_unknown", {"gender": "\u041cale"}),
        ("age_unknown", {"age": "6\u041e-64"}),
        ("location_unknown", {"location": "Urb\u0430n"}),
        ("income_level_unknown", {"income_level": "2Ok-40k"}),
        (
            "language_unknown",
            {"language": "\uff25\uff4e\uff47\uff4c\uff49\uff53\uff48"},
        ),
    ),
    "invisible_characters_in_answers": judged(
        ("location_unknown", {"location": "Urb\u200ban"}),
        ("gender_unknown", {"gender": "Fe\u00admale"}),
        ("language_unknown", {"language": "Eng\u2060lish"}),
    ),
    "text_that_was_decoded_twice": judged(
        ("age_unknown", {"age": "25â€“34"}),
        ("age_unknown", {"age": "25\ufffd34"}),
    ),
    "all_ages_decoded_twice": too_many(
        "age_unknown", with_values("age", lambda age: age.replace("-", "â€“"))
    ),
    "interests": judged(
        ("top_interests_unknown", {"top_interests": "Gaming; Data Science"}),
        ("", {"top_interests": "Gaming, , Data Science"}),
        ("top_interests_unknown", {"top_interests": "Gaming, Curling"}),
        ("top_interests_unknown", {"top_interests": "['Gaming', 'Data Science']"}),
        ("", {"top_interests": "Gaming,"}),
        ("", {"top_interests": "Gaming,Data Science ,  gaming"}),
    ),
}

IDENTIFIERS = {
    "row_twice": sound(
        table([*ROWS, ROWS[9]]),
        {10: "user_id_repeated", 101: "user_id_repeated"},
        rows=101,
    ),
    "id_twice_with_other_data": judged(
        ("user_id_repeated", {"user_id": "a"}),
        ("user_id_repeated", {"user_id": "a", "age": "65+"}),
        ("user_id_repeated", {"user_id": "b"}),
        ("user_id_repeated, age_unknown", {"user_id": "b", "age": "29"}),
    ),
    "ids_that_differ_by_outer_blanks": judged(
        ("user_id_repeated", {"user_id": "a"}),
        ("user_id_repeated", {"user_id": " a"}),
        ("user_id_repeated", {"user_id": "a\u00a0"}),
        ("user_id_repeated", {"user_id": "\ta\n"}),
    ),
    "ids_that_differ_by_case": judged(
        ("", {"user_id": "anna"}), ("", {"user_id": "Anna"}), ("", {"user_id": "ANNA"})
    ),
    "ids_that_only_look_like_the_same_number": judged(
        *(("", {"user_id": text}) for text in ("0012", "012", "12.0", "+12", "1.2E+01"))
    ),
    "ids_that_a_spreadsheet_shortened": judged(
        ("user_id_repeated", {"user_id": "1.2E+05"}),
        ("user_id_repeated", {"user_id": "1.2E+05"}),
        ("", {"user_id": "1.23457E+17"}),
    ),
    "ids_of_other_scripts": judged(
        # One identifier, in two forms of Unicode.
        ("user_id_repeated", {"user_id": "José"}),
        ("user_id_repeated", {"user_id": "Jose\u0301"}),
        *(("", {"user_id": text}) for text in ("山田", "😀", "עברית")),
    ),
    "ids_that_are_code": judged(
        *(
            ("", {"user_id": text})
            for text in (
                "=cmd|' /C calc'!A0",
                "@SUM(1+1)*cmd",
                "<script>alert(1)</script>",
                "'; drop table staging.stg_users; --",
                "{{ 1 / 0 }} {% raw %}",
                "../../etc/passwd",
                "$(reboot) `reboot`",
                "%s%n {0}",
                "\\",
            )
        )
    ),
    "code_in_other_columns": judged(
        ("location_unknown", {"location": "<script>alert(1)</script>"}),
        ("gender_unknown", {"gender": "'; drop table staging.stg_users; --"}),
        ("language_unknown", {"language": "{{ ref('users') }} {% endif %}"}),
        ("reaction_count_not_a_number", {"reaction_count": "=1+1"}),
        ("top_interests_unknown", {"top_interests": 'Gaming", "admin": true, "x": "'}),
    ),
    "errors_of_a_spreadsheet": judged(
        ("reaction_count_not_a_number", {"reaction_count": "#REF!"}),
        ("weekday_hours_online_not_a_number", {"weekday_hours_online": "#DIV/0!"}),
        ("age_unknown", {"age": "#N/A"}),
        ("top_interests_unknown", {"top_interests": "#NAME?"}),
        ("ad_interaction_seconds_not_a_number", {"ad_interaction_seconds": "########"}),
    ),
    "control_characters_in_answers": judged(
        ("location_unknown", {"location": "\x1b[31mUrban\x1b[0m"}),
        ("location_unknown", {"location": "Ur\x07ban"}),
        ("gender_unknown", {"gender": "\u202eelaM"}),
    ),
    "all_ids_missing": too_many(
        "user_id_missing", with_values("user_id", lambda _: "")
    ),
    "all_ids_the_same": too_many(
        "user_id_repeated", with_values("user_id", lambda _: "1")
    ),
}


def with_long_values(characters, names):
    """The sample with so long a text in these columns of its row 50."""
    rows = [list(row) for row in ROWS]
    for name in names:
        rows[49][PLACES[name]] = characters
    return table(rows)


def with_bad_ages(count):
    """The sample with an age that is not listed in so many of its first rows."""
    bad_rows = [[row[0], "29", *row[2:]] for row in ROWS[:count]]
    return table([*bad_rows, *ROWS[count:]])


SIZES = {
    "one_row": sound(table(ROWS[:1]), rows=1),
    "one_row_and_it_is_bad": too_many("user_id_missing", table([["", *ROWS[0][1:]]])),
    "five_bad_rows_in_a_hundred": sound(
        with_bad_ages(5), dict.fromkeys(range(1, 6), "age_unknown")
    ),
    "six_bad_rows_in_a_hundred": too_many("age_unknown", with_bad_ages(6)),
    "field_as_long_as_may_be": sound(
        with_long_values("x" * MOST_CHARACTERS, ["location"]), {50: "location_unknown"}
    ),
    "field_of_wide_characters_as_long_as_may_be": sound(
        with_long_values("€" * MOST_CHARACTERS, ["location"]), {50: "location_unknown"}
    ),
    "field_too_long": refused(
        "field_is_too_long",
        with_long_values("x" * (MOST_CHARACTERS + 1), ["location"]),
        "Location",
    ),
    "quoted_field_too_long": refused(
        "field_is_too_long",
        with_long_values("x, " * MOST_CHARACTERS, ["top_interests"]),
        "Top Interests",
    ),
    "line_too_long": refused(
        "line_is_too_long",
        with_long_values("€" * 90_000, list(PLACES)[:8]),
        "line 51",
    ),
}

CASES = NUMBERS | ANSWERS | IDENTIFIERS | SIZES
