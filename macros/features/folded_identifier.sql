{#
    What identifiers have in common that mean the same and are written differently, as
    spreadsheets, forms and programs do: in letter case, width, blanks and characters
    that nobody sees, leading zeros or with a ".0" at the end. For messages; nobody is
    joined by it.
#}
{% macro folded_identifier(text) -%}
    trim(leading '0' from {{ without_zero_fraction(plain_characters(text)) }})
{%- endmacro %}

{# In what two such identifiers differ, in words. #}
{% macro identifier_difference(one, other) -%}
    case
        when lower({{ one }}) = lower({{ other }}) then 'letter case'
        when {{ without_zero_fraction(one) }} = {{ without_zero_fraction(other) }}
            then 'the .0 at the end'
        when trim(leading '0' from {{ one }}) = trim(leading '0' from {{ other }})
            then 'leading zeros'
        when {{ plain_characters(one) }} = {{ plain_characters(other) }}
            then 'blanks, invisible or full-width characters'
        else 'how they are written'
    end
{%- endmacro %}

{% macro without_zero_fraction(text) -%}
    regexp_replace({{ text }}, '[.]0+$', '')
{%- endmacro %}

{# A text in small letters, full-width characters narrow, without blanks, control
   characters and others that nobody sees. #}
{% macro plain_characters(text) -%}
    {%- set wide, narrow, unseen = [], [], [] -%}
    {#- Narrow ones are 65,248 places before, without what SQL would have to escape. #}
    {%- for code in range(33, 127) if '%c' % code not in "'\\" -%}
        {%- do wide.append('%c' % (code + 65248)) -%}
        {%- do narrow.append('%c' % code) -%}
    {%- endfor -%}
    {%- for first, last in unseen_characters() -%}
        {%- for code in range(first, last + 1) -%}
            {%- do unseen.append('%c' % code) -%}
        {%- endfor -%}
    {%- endfor -%}
    translate(
        lower({{ text }}), '{{ (wide + unseen) | join }}', '{{ narrow | join }}'
    )
{%- endmacro %}

{# Unicode's blanks and characters without a form, as first and last places: controls,
   soft hyphens, joiners, marks of direction, fillers, variation selectors. #}
{% macro unseen_characters() %}
    {% do return([
        (1, 32), (127, 160), (173, 173), (847, 847), (1564, 1564), (4447, 4448),
        (5760, 5760), (6155, 6158), (8192, 8207), (8232, 8239), (8287, 8303),
        (10240, 10240), (12288, 12288), (12644, 12644), (65024, 65039),
        (65279, 65279), (65440, 65440), (65529, 65531),
    ]) %}
{% endmacro %}
