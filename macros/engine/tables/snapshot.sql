{#
    Snapshots by `strategy: check` with `hard_deletes: invalidate` on Spark, in tables of
    any format: dbt-spark's own macro asks for Delta Lake, Iceberg or Hudi, since it ends
    rows in their place. Here the history is written anew beside the old one.
#}
{% materialization snapshot, adapter='spark' %}
    {% if is_kept() %}
        {{ return(kept()) }}
    {% endif %}
    {% do recover_rewritten(this) %}
    {%- set existing = load_relation(this) -%}

    {{ run_hooks(pre_hooks) }}

    {% if existing %}
        {% do rewrite(this, continued_history(compiled_code, existing)) %}
    {% else %}
        {% call statement('create_history') -%}
            create table {{ this }} using {{ file_format() }} as
            select
                rows_now.*,
                {{ history_columns(built_at(), 'cast(null as timestamp)') }}
            from ({{ compiled_code }}) as rows_now
        {%- endcall %}
    {% endif %}
    {% call statement('main') -%}
        select count(*) from {{ this }}
    {%- endcall %}

    {{ run_hooks(post_hooks) }}
    {{ return({'relations': [this.incorporate(type='table')]}) }}
{% endmaterialization %}

{#
    A query for a history and what came to it: rows that are gone or that changed end
    now, and their successors begin.

    Arguments:
        query: the query of the snapshot
        history: the table
#}
{% macro continued_history(query, history) %}
    {%- set columns = get_columns_in_query(query) -%}
    {%- set old_columns = columns_of(history) -%}
    {%- set keys = config.get('unique_key') -%}
    {%- set is_same = [] -%}
    {%- for column in keys + config.get('check_cols') -%}
        {%- do is_same.append('old_rows.' ~ column ~ ' <=> new_rows.' ~ column) -%}
    {%- endfor -%}
    with new_rows as (
        {{ query }}
    )

    select
        {%- for column in columns %}
        {{ 'old_rows.' ~ column if column in old_columns else 'null' }} as {{ column }},
        {%- endfor %}
        old_rows.dbt_scd_id,
        old_rows.dbt_updated_at,
        old_rows.dbt_valid_from,
        case
            when old_rows.dbt_valid_to is null and new_rows.{{ keys[0] }} is null
                then {{ built_at() }}
            else old_rows.dbt_valid_to
        end as dbt_valid_to
    from {{ history }} as old_rows
    left join new_rows on {{ is_same | join(' and ') }}
    union all
    select
        new_rows.*,
        {{ history_columns(built_at(), 'cast(null as timestamp)') }}
    from new_rows
    anti join {{ history }} as old_rows
        on {{ is_same | join(' and ') }} and old_rows.dbt_valid_to is null
{% endmacro %}

{# The columns that dbt gives to a snapshot. #}
{% macro history_columns(valid_from, valid_to) -%}
    md5(concat_ws('|', {{ config.get('unique_key') | join(', ') }}, {{ valid_from }}))
        as dbt_scd_id,
    {{ valid_from }} as dbt_updated_at,
    {{ valid_from }} as dbt_valid_from,
    {{ valid_to }} as dbt_valid_to
{%- endmacro %}
