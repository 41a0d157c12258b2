{# Whether a variable is a whole number from `least` on; true and false are none. #}
{% macro is_whole_number(value, least) %}
    {% do return(value is integer and value is not boolean and value >= least) %}
{% endmacro %}
