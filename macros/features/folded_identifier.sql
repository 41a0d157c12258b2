{#
    What identifiers have in common that mean the same and are written differently, as
    spreadsheets and programs do: in letter case, leading zeros or with a ".0" at the
    end. For messages; nobody is joined by it.
#}
{% macro folded_identifier(text) -%}
    trim(leading '0' from {{ without_zero_fraction('lower(' ~ text ~ ')') }})
{%- endmacro %}

{# In what two such identifiers differ, in words. #}
{% macro identifier_difference(one, other) -%}
    case
        when lower({{ one }}) = lower({{ other }}) then 'letter case'
        when {{ without_zero_fraction(one) }} = {{ without_zero_fraction(other) }}
            then 'the .0 at the end'
        when trim(leading '0' from {{ one }}) = trim(leading '0' from {{ other }})
            then 'leading zeros'
        else 'how they are written'
    end
{%- endmacro %}

{% macro without_zero_fraction(text) -%}
    regexp_replace({{ text }}, '[.]0+$', '')
{%- endmacro %}
