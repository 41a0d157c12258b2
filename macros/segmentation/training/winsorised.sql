{#
    A value of a feature moved to the nearest that counts (Tukey 1962, The Future of
    Data Analysis); null where it is not known.

    Arguments:
        value: an expression
        minimum, maximum: expressions for the smallest and largest value that count;
            where they are null, every value does
#}
{% macro winsorised(value, minimum, maximum) -%}
    case
        when {{ value }} < {{ minimum }} then {{ minimum }}
        when {{ value }} > {{ maximum }} then {{ maximum }}
        else {{ value }}
    end
{%- endmacro %}
