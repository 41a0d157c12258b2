{# Whether the profiles that are read are those of the shipped sample. #}
{% macro is_sample_read() %}
    {% set profiles = escape_single_quotes(source_files('user_profiles')) %}
    {% do return(
        run_query("select is_sample('" ~ profiles ~ "')")[0][0] if execute else false
    ) %}
{% endmacro %}
