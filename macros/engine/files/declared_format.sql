{#
    The format of a table's files, as its YAML file declares it, with defaults: what
    FileFormat in src/user_segmentation/files/format.py says, and `columns`, those of the
    YAML file. None while dbt parses, which stands for the usual format.

    Argument:
        node: the seed, source or model
#}
{% macro declared_format(node) %}
    {% if not execute or not node %}
        {% do return(none) %}
    {% endif %}
    {% set format = fromjson(
        local_value("select file_format(" ~ local_text(tojson(format_meta(node))) ~ ")")
    ) %}
    {% do format.update({'columns': node.columns | list}) %}
    {% do return(format) %}
{% endmacro %}

{# The meta of a table, and the YAML file that it stands in. #}
{% macro format_meta(node) %}
    {% set meta = {'declared_in': (node.patch_path or node.original_file_path).split('://')[-1]} %}
    {% for key, value in node.config.meta.items() if value is not mapping %}
        {% do meta.update({key: value}) %}
    {% endfor %}
    {% do return(meta) %}
{% endmacro %}

{# Whether text files of a format are read in the usual way. #}
{% macro is_usual_format(format) %}
    {% do return(format is none or format.is_usual) %}
{% endmacro %}

{# Whether a column of a file is read. #}
{% macro is_column_read(header, format) %}
    {% do return(
        format is none or format.unknown_columns == 'refuse'
        or header | lower in format.columns | map('lower')
    ) %}
{% endmacro %}
