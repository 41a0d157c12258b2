{#
    Rows of a small table whose names become part of SQL. A seed is edited by hand, and
    models may come from a database that was restored: stop the build, with one plain
    line, where a name is none.

    Arguments:
        rows: the rows as dicts
        columns: the columns that have names
        place: where the rows are from
#}
{% macro plain_names(rows, columns, place) %}
    {% for row in rows %}
        {% for column in columns
            if not is_plain_name(row[column]) %}
            {% do refuse(place ~ ": the " ~ column ~ " " ~ row[column] ~ " becomes part "
                ~ "of an SQL name; it must be lower-case letters, digits and "
                ~ "underscores, and start with a letter.") %}
        {% endfor %}
    {% endfor %}
    {% do return(rows) %}
{% endmacro %}

{# Whether a name can become part of an SQL name. #}
{% macro is_plain_name(name) %}
    {% do return(modules.re.fullmatch('[a-z][a-z0-9_]*', name | string)) %}
{% endmacro %}
