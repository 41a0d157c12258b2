{#
    One end of the 95% interval of a share (Wilson 1927), which stays between 0 and 1
    and holds for small counts. Null of no users.

    Arguments:
        count, total: the users counted and the users among whom
        sign: '-' for the lower end, '+' for the upper
#}
{% macro wilson_bound(count, total, sign) -%}
    {#- The 97.5% quantile of the normal distribution, and its square. -#}
    {%- set z = 1.959963984540054 -%}
    {%- set z_squared = 3.841458820694124 -%}
    {%- set bound -%}
    ({{ count }} + {{ z_squared }} / 2 {{ sign }} {{ z }} * sqrt(
        {{ count }} * ({{ total }} - {{ count }}) / {{ total }} + {{ z_squared }} / 4
    )) / ({{ total }} + {{ z_squared }})
    {%- endset -%}
    {#- Rounding must not put the share of all 15 of 15 users outside its interval. -#}
    case
        when {{ total }} > 0
            then
                {%- if sign == '-' %}
                greatest(least({{ bound }}, {{ count }} / {{ total }}), 0)
                {%- else %}
                least(greatest({{ bound }}, {{ count }} / {{ total }}), 1)
                {%- endif %}
    end
{%- endmacro %}
