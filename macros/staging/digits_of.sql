{# The digits of a number as text, without sign, point, exponent and outer zeros. #}
{% macro digits_of(text) -%}
    {{ trimmed("translate(split_part(lower(" ~ text ~ "), 'e', 1), '+-.', '')", "'0'") }}
{%- endmacro %}

{#
    Whether a number is not the one that was written, since its type holds fewer digits.

    Arguments:
        text: the number as it was written, clean
        number: the number as it is kept
#}
{% macro loses_digits(text, number) -%}
    {{ digits_of(text) }} <> {{ digits_of('cast(' ~ number ~ ' as string)') }}
{%- endmacro %}

{#
    The same of a double, which keeps fifteen digits unless it is next to 0: only long
    texts have to be looked at.

    Arguments:
        raw_text: the number as it was read
        number: the number as it is kept
        text: the number as it was written, clean; that of the raw text if left out
#}
{% macro double_loses_digits(raw_text, number, text=none) -%}
    (length({{ raw_text }}) > 15 or abs({{ number }}) < 1e-290)
    and {{ loses_digits(text or clean_text(raw_text), number) }}
{%- endmacro %}
