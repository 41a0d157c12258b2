{# The logs for which declared users have no files. The sample's features stay in any
   case, for its logs are found where they lie. #}
{% macro unread_logs() %}
    {% set unread = [] %}
    {% for name, models in sources_read().items() if models.log and execute
        and not is_case_study() and not source_files(name) %}
        {% do unread.append(name) %}
    {% endfor %}
    {% do return(unread) %}
{% endmacro %}
