{# Whether the profiles that are read are those of the shipped sample. #}
{% macro is_sample_read() %}
    {% set profiles = local_text(source_files('user_profiles')) %}
    {% do return(
        local_value("select is_sample_file(" ~ profiles ~ ")") if execute else false
    ) %}
{% endmacro %}
