{#
    The largest number of type double below another, without a function that one engine
    has and another has not (Rump, Zimmermann, Boldo and Melquiond 2009, Computing
    predecessor and successor in rounding to nearest).
#}
{% macro just_below(number) -%}
    {{ number }} - (abs({{ number }}) * 1.1102230246251568e-16 + 4.9e-324)
{%- endmacro %}
