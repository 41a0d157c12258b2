{# A number rounded as the last digit of number * 10 ^ places says, which engines agree
   on; of round(0.145, 2) they make 0.14 or 0.15. #}
{% macro rounded(number, places) -%}
    round({{ 10 ** places }} * {{ number }}) / {{ 10 ** places }}
{%- endmacro %}
