{#
    Stop the build, with one plain line, where amounts of several currencies would be
    added up without rates, or with rates that say nothing. A pre-hook of
    stg_transactions.
#}
{% macro check_currencies() %}
    {% set transactions = ref('stg_checked_transactions') %}
    {% set seed = ref('exchange_rates') %}
    {% set where = "seeds/exchange_rates.csv: " %}
    {% set rates, found = {}, {} %}
    {% set rate_read = exact_rate('rate') %}
    {% for currency, text, written, number, rate, is_rounded in run_query(
        "select upper(" ~ clean_text('currency') ~ "), currency, rate, "
        ~ parse_number('rate') ~ ", " ~ rate_read ~ ", "
        ~ loses_digits(clean_text('rate'), rate_read)
        ~ " from " ~ seed ~ " order by all"
    ) if execute %}
        {% if not currency %}
            {% do refuse(where ~ "a row with the rate " ~ written ~ " has no currency.") %}
        {% elif currency in rates %}
            {% do refuse(where ~ "more than one row is of " ~ currency ~ ", the last as "
                ~ quoted(text) ~ ": keep the one that is right.") %}
        {% elif not (number and number > 0) %}
            {% do refuse(where ~ "the rate of " ~ currency ~ " is "
                ~ (written or 'empty') ~ "; it must be a number above 0, like 0.92.") %}
        {% elif is_rounded or not rate %}
            {% do refuse(where ~ "the rate of " ~ currency ~ " is " ~ written
                ~ "; it can have seven digits before the point and twelve after it.") %}
        {% endif %}
        {% do rates.update({currency: rate}) %}
    {% endfor %}
    {% for row in run_query(
        "select currency, count(*) from " ~ transactions
        ~ " where rejection_reasons is null group by all order by all"
    ) if execute %}
        {% do found.update({row[0]: row[1]}) %}
    {% endfor %}
    {% set lacking = found | reject('in', rates) | list %}

    {% if rates and 1 not in rates.values() %}
        {% do refuse(where ~ "no currency has the rate 1: give it to "
            ~ "the one in which purchases are added up.") %}
    {% elif lacking and (rates or found | length > 1) %}
        {% do refuse("The transactions are in " ~ found | join(', ')
            ~ ", and cannot be added up: seeds/exchange_rates.csv has no rate for "
            ~ lacking | join(', ')
            ~ ". List every currency there, with 1 for the one to add up in.") %}
    {% endif %}
{% endmacro %}

{# An exchange rate with every digit that is written, or null. #}
{% macro exact_rate(column) -%}
    try_cast({{ clean_text(column) }} as decimal(19, 12))
{%- endmacro %}
