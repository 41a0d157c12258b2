{#
    Incremental models on Spark. Tables of Parquet files take rows and lose none, and no
    query may write to a table that it reads; dbt-spark's own macro refuses all but
    `append`. Here the rows of a build are written to a table of their own first; then
    they are added, or a table without the rows that they replace takes the place of the
    old one.
#}
{% materialization incremental, adapter='spark', supported_languages=['sql', 'python'] %}
    {%- set language = model['language'] -%}
    {%- set unique_key = config.get('unique_key') -%}
    {% do recover_rewritten(this) %}
    {%- set existing = load_relation(this) -%}

    {{ run_hooks(pre_hooks) }}

    {% if existing is none or existing.is_view or should_full_refresh() %}
        {% do adapter.drop_relation(existing) if existing %}
        {% call statement('main', language=language) -%}
            {{ create_table_as(False, this, compiled_code, language) }}
        {%- endcall %}
    {% else %}
        {%- set added = this.incorporate(
            path={'identifier': this.identifier ~ '__added'}, type='table'
        ) -%}
        {% do adapter.drop_relation(added) %}
        {% call statement('create_added', language=language) -%}
            {{ create_table_as(False, added, compiled_code, language) }}
        {%- endcall %}
        {% do process_schema_changes(
            incremental_validate_on_schema_change(config.get('on_schema_change')),
            added,
            existing
        ) %}
        {% if unique_key %}
            {%- set columns = columns_of(this) | join(', ') -%}
            {% do rewrite(
                this,
                'select ' ~ columns ~ ' from ' ~ this ~ ' as old_rows anti join '
                ~ added ~ ' as added using (' ~ unique_key ~ ') union all select '
                ~ columns ~ ' from ' ~ added
            ) %}
        {% else %}
            {% call statement() -%}
                insert into {{ this }} by name select * from {{ added }}
            {%- endcall %}
        {% endif %}
        {#- What dbt tells of: the rows are in their place. #}
        {% call statement('main') -%}
            select count(*) from {{ this }}
        {%- endcall %}
        {% do adapter.drop_relation(added) %}
    {% endif %}

    {{ run_hooks(post_hooks) }}
    {{ return({'relations': [this]}) }}
{% endmaterialization %}

{#
    Put what a query says in the place of a table that it may read.

    Arguments:
        relation: the table
        query: the query
#}
{% macro rewrite(relation, query) %}
    {% set rewritten = rewritten_relation(relation) %}
    {% do adapter.drop_relation(rewritten) %}
    {% call statement('rewrite') -%}
        create table {{ rewritten }} using {{ file_format() }} as {{ query }}
    {%- endcall %}
    {% do adapter.drop_relation(relation.incorporate(type='table')) %}
    {% call statement('rename') -%}
        alter table {{ rewritten }} rename to {{ relation }}
    {%- endcall %}
{% endmacro %}

{# Bring a table back whose rewriting was cut off where only the new one was left. #}
{% macro recover_rewritten(relation) %}
    {% set rewritten = rewritten_relation(relation) %}
    {% if not load_relation(relation) and load_relation(rewritten) %}
        {% call statement('recover') -%}
            alter table {{ rewritten }} rename to {{ relation }}
        {%- endcall %}
        {% do adapter.cache_added(relation.incorporate(type='table')) %}
    {% endif %}
{% endmacro %}

{% macro rewritten_relation(relation) %}
    {% do return(relation.incorporate(
        path={'identifier': relation.identifier ~ '__rewritten'}, type='table'
    )) %}
{% endmacro %}

{# Take rows out of a table. #}
{% macro delete_rows(relation, condition) %}
    {{ adapter.dispatch('delete_rows')(relation, condition) }}
{% endmacro %}

{% macro default__delete_rows(relation, condition) %}
    delete from {{ relation }} where {{ condition }}
{% endmacro %}

{# A table of Parquet files is written again without them. #}
{% macro spark__delete_rows(relation, condition) %}
    {% do rewrite(
        relation,
        'select * from ' ~ relation ~ ' where (' ~ condition ~ ') is not true'
    ) if execute %}
{% endmacro %}
