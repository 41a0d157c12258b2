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

{# A text in small letters, full-width characters narrow, without blanks and characters
   that nobody sees: soft hyphens, zero-width and ideographic spaces, marks of order. #}
{% macro plain_characters(text) -%}
    {%- set wide = '０１２３４５６７８９ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ－＿．＠' -%}
    {%- set narrow = '0123456789abcdefghijklmnopqrstuvwxyz-_.@' -%}
    {%- set unseen = " \t\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u202f\u2060\u3000\ufeff"
    -%}
    translate(lower({{ text }}), '{{ wide }}{{ unseen }}', '{{ narrow }}')
{%- endmacro %}
