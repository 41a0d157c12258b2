{#
    Make what a build made known to those who read it.

    Arguments:
        marts: the models that are marts
        memory: the models and snapshots that every build goes on from
        reports: the exposure of the report, if there is one
#}
{% macro publish_marts(marts, memory, reports) %}
    {{ adapter.dispatch('publish_marts')(marts, memory, reports) }}
{% endmacro %}

{% macro default__publish_marts(marts, memory, reports) %}
    select case when problem <> '' then error(problem) end as published
    from (
        select publish_tables(
            {{ ordered_tables(marts) }},
            {{ ordered_tables(memory) }},
            '{{ release_id() }}',
            {{ 'true' if reports else 'false' }}
        ) as problem
    )
{% endmacro %}

{# Tables by name, each with what orders its rows, as a map. #}
{% macro ordered_tables(nodes) -%}
    cast(map {
        {%- for node in nodes | sort(attribute='alias') -%}
        '{{ node.schema }}.{{ node.alias }}': '{{ escape_single_quotes(key_of(node)) }}'
        {{- ', ' if not loop.last }}
        {%- endfor -%}
    } as map(varchar, varchar))
{%- endmacro %}

{# A release is a file of DuckDB; on Spark people read the tables where they are. #}
{% macro spark__publish_marts(marts, memory, reports) %}
    {% do log("Built " ~ marts | length ~ " marts: the tables of the schema marts in the "
        ~ "warehouse of Spark. There is no release and no report on Spark.", info=true) %}
{% endmacro %}

{# What a build says that publishes nothing. #}
{% macro not_published() %}
    {% do return(adapter.dispatch('not_published')()) %}
{% endmacro %}

{% macro default__not_published() %}
    {% do return("Nothing is published, and what was published stays") %}
{% endmacro %}

{# On Spark a table takes the place of the old one as soon as it is built. #}
{% macro spark__not_published() %}
    {% do return("The marts are not all of one good build") %}
{% endmacro %}
