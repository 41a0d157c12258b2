{# A number rounded as the last digit of number * 10 ^ places says, which engines agree
   on; of round(0.145, 2) they make 0.14 or 0.15. #}
{% macro rounded(number, places) -%}
    round({{ 10 ** places }} * {{ number }}) / {{ 10 ** places }}
{%- endmacro %}

{# A number that has to reach a limit, without the digits that would round it to it. #}
{% macro rounded_down(number, places) -%}
    floor({{ 10 ** places }} * {{ number }} + 1e-9) / {{ 10 ** places }}
{%- endmacro %}

{# A number that has to stay within a limit; without the 0 to add, 0 is -0. #}
{% macro rounded_up(number, places) -%}
    (ceil({{ 10 ** places }} * {{ number }} - 1e-9) + 0) / {{ 10 ** places }}
{%- endmacro %}
