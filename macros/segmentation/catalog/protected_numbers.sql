{# The protected columns of stg_users that are numbers, in the order of the variable. #}
{% macro protected_numbers() %}
    {% set users = load_relation(ref('stg_users')) if execute %}
    {% set numbers = [] %}
    {% for column in adapter.get_columns_in_relation(users) if users
        and modules.re.fullmatch(
            '(u?(tiny|small|big|huge)?int(eger)?|float|real|double|decimal.*)',
            column.dtype | lower
        ) %}
        {% do numbers.append(column.name) %}
    {% endfor %}
    {% do return(var('protected_sources') | select('in', numbers) | list) %}
{% endmacro %}
