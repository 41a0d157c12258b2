{# Whether a variable is a number from 0 to 1; true and false are none. #}
{% macro is_share(value) %}
    {% do return(value is number and value is not boolean and 0 <= value <= 1) %}
{% endmacro %}
