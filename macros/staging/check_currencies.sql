{#
    Stop the build, with one plain line, where amounts of several currencies would be
    added up without rates, or with rates that say nothing. A pre-hook of
    stg_transactions.
#}
{% macro check_currencies() %}
    {% set transactions = ref('stg_checked_transactions') %}
    {% set seed = ref('exchange_rates') %}
    {% set rates, found = {}, {} %}
    {% for currency, text, rate in run_query(
        "select upper(currency), rate, try_cast(rate as decimal(18, 6)) from " ~ seed
        ~ " order by all"
    ) if execute %}
        {% if not rate or rate <= 0 %}
            {% do refuse("seeds/exchange_rates.csv: the rate of " ~ currency ~ " is "
                ~ (text or 'empty') ~ "; it must be a number above 0, like 0.92.") %}
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
        {% do refuse("seeds/exchange_rates.csv: no currency has the rate 1: give it to "
            ~ "the one in which purchases are added up.") %}
    {% elif lacking and (rates or found | length > 1) %}
        {% do refuse("The transactions are in " ~ found | join(', ')
            ~ ", and cannot be added up: seeds/exchange_rates.csv has no rate for "
            ~ lacking | join(', ')
            ~ ". List every currency there, with 1 for the one to add up in.") %}
    {% endif %}
{% endmacro %}
