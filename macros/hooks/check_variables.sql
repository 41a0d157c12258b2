{# Refuse, before any model runs, settings that say nothing. #}
{% macro check_variables() %}
    {% if execute %}
        {% set names = [] %}
        {% for name in invocation_args_dict.vars %}
            {% do names.append(local_text(name)) %}
        {% endfor %}
        {% set unknown = local_value(
            "select unknown_variable([" ~ names | join(', ') ~ "]::varchar[])"
        ) %}
        {% if unknown %}
            {% do refuse(unknown) %}
        {% endif %}
        {% set time_zone = var('time_zone') | string %}
        {% if not local_value(
            "select count(*) from pg_timezone_names() where name = "
            ~ local_text(time_zone)
        ) %}
            {% do refuse("The variable time_zone is " ~ time_zone ~ "; it must be UTC "
                ~ "or the name of a zone, such as Europe/Berlin.") %}
        {% endif %}
        {% set pattern = '[0-9]{4}-[0-9]{2}-[0-9]{2}' %}
        {% for name in ['as_of_date', 'earliest_date'] %}
            {% set day = var(name) %}
            {% if (day or name != 'as_of_date')
                and not (modules.re.fullmatch(pattern, day | string)
                    and local_value("select try_cast('" ~ day ~ "' as date)")) %}
                {% do refuse("The variable " ~ name ~ " is " ~ day
                    ~ "; it must be a date such as 2025-12-31.") %}
            {% endif %}
        {% endfor %}
        {% set words = var('no_session_ids') %}
        {% if words is not sequence or words is string or words is mapping %}
            {% do refuse("The variable no_session_ids is " ~ words
                ~ '; it must be a list, such as ["-1", unknown].') %}
        {% endif %}
        {% set hours = var('max_session_hours') %}
        {% if hours is not number or hours is boolean or not 0 < hours <= 8760 %}
            {% do refuse("The variable max_session_hours is " ~ hours
                ~ "; it must be a number above 0, and at most 8760, a year.") %}
        {% endif %}
        {% set share = var('holdout_share') %}
        {% if not is_share(share) or share == 1 %}
            {% do refuse("The variable holdout_share is " ~ share
                ~ "; it must be a number from 0 to less than 1.") %}
        {% endif %}
        {% set drop = var('max_count_drop') %}
        {% if not is_share(drop) %}
            {% do refuse("The variable max_count_drop is " ~ drop
                ~ "; it must be a number from 0 to 1.") %}
        {% endif %}
        {% for name in ['late_arrival_days', 'max_model_age_days'] %}
            {% set days = var(name) %}
            {% if not is_whole_number(days, 0) %}
                {% do refuse("The variable " ~ name ~ " is " ~ days
                    ~ "; it must be a whole number, 0 or more.") %}
            {% endif %}
        {% endfor %}
        {% if var('retrain') not in ['auto', 'always', 'never'] %}
            {% do refuse("The variable retrain is " ~ var('retrain')
                ~ "; it can be auto, always or never.") %}
        {% endif %}
    {% endif %}
{% endmacro %}
