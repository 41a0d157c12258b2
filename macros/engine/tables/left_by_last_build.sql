{#
    A table as the build before left it, or nothing where there is none. A model that is
    read before it is built again cannot be a ref: dbt would see a cycle.

    Arguments:
        name: name of the model or snapshot
        schema: its schema
#}
{% macro left_by_last_build(name, schema='segmentation') %}
    {% if execute %}
        {% do return(adapter.get_relation(
            database=target.database, schema=schema, identifier=name
        )) %}
    {% endif %}
{% endmacro %}
