{{ config(materialized='table', enabled=has_profiles()) }}

{%- set id = declared('columns') | selectattr('type', 'eq', 'id') | first or {} %}
{%- set columns = declared_columns() %}
{%- set format = declared_format(declared_node()) %}
{%- set answers = columns | selectattr('type', 'in', ['category', 'ordered']) | list %}
{%- set lists = columns | selectattr('type', 'eq', 'list') | list %}

-- depends_on: {{ ref('stg_declared_answers') }}, {{ ref('stg_declared_list_items') }}
with cleaned as (
    select
        {{ number_as_read() }} as row_number,
        {{ clean_text(quoted_name(id.header or '')) }} as user_id,
        {%- for column in columns %}
        {{ raw_text(column) }} as {{ column.name }}_text,
        {%- endfor %}
        -- The whole row as one value.
        {{ whole_row('raw_profiles') }} as raw_profile
    from {{ raw_user_profiles() }} as raw_profiles  -- noqa: AL05
),

-- Read once more, this column alone. A window function over the cleaned rows would hold
-- every column of every user in memory.
repeated_users as (
    select {{ clean_text(quoted_name(id.header or '')) }} as user_id
    from {{ raw_user_profiles() }}
    group by all
    having count(*) > 1
),

{%- for column in lists %}

{{ column.name }}_lists as (
    select distinct {{ raw_text(column) }} as raw_list
    from {{ raw_user_profiles() }}
),

numbered_{{ column.name }} as (
    select
        raw_list,
        items,
        {{ each_of(places_of('items')) }} as position
    from (
        select
            raw_list,
            {{ split_text('raw_list', column.separator) }} as items
        from {{ column.name }}_lists
    ) as split_lists
),

listed_{{ column.name }} as (
    select
        raw_list,
        lower({{ clean_text(entry_at('items', 'position')) }}) as item,
        min(position) as position
    from numbered_{{ column.name }}
    -- A separator at either end, or two in a row, names no item.
    where {{ clean_text(entry_at('items', 'position')) }} is not null
    group by all
),

checked_{{ column.name }} as (
    select
        listed.raw_list,
        {{ ordered_text('known.item', column.joint, 'listed.position') }}
            as {{ column.name }},
        count(*) > count(known.item) as {{ column.name }}_has_unknown
    from listed_{{ column.name }} as listed
    left join {{ ref('stg_declared_list_items') }} as known
        on
            listed.item = lower(known.item)
            and known.attribute = '{{ column.name }}'
    group by all
),
{%- endfor %}

typed as (
    select
        cleaned.*,
        {%- for column in columns %}
        {%- if column in answers %}
        {{ column.name }}_answers.answer as {{ column.name }},
        {%- elif column in lists %}
        checked_{{ column.name }}.{{ column.name }},
        checked_{{ column.name }}.{{ column.name }}_has_unknown,
        {%- else %}
        {{ typed_value(column, 'cleaned.' ~ column.name ~ '_text', format) }}
            as {{ column.name }},
        {%- endif %}
        {%- endfor %}
        repeated_users.user_id is not null as is_repeated
    from cleaned
    left join repeated_users
        on cleaned.user_id = repeated_users.user_id
    {%- for column in lists %}
    left join checked_{{ column.name }}
        on cleaned.{{ column.name }}_text = checked_{{ column.name }}.raw_list
    {%- endfor %}
    {%- for column in answers %}
    left join {{ ref('stg_declared_answers') }} as {{ column.name }}_answers
        on
            lower(cleaned.{{ column.name }}_text)
            = lower({{ column.name }}_answers.answer)
            and {{ column.name }}_answers.attribute = '{{ column.name }}'
    {%- endfor %}
),

checked as (
    select
        *,
        nullif(
            concat_ws(
                ', ',
                case when user_id is null then 'user_id_missing' end,
                case when is_repeated then 'user_id_repeated' end,
                {%- for column in columns %}
                {{ column_problem(column, format) }},
                {%- endfor %}
                null
            ),
            ''
        ) as rejection_reasons
    from typed
)

select
    row_number,
    user_id,
    {%- for column in columns %}
    {%- if column.is_whole %}
    -- A rejected row may hold what no integer can.
    try_cast({{ column.name }} as bigint) as {{ column.name }},
    {%- else %}
    {{ column.name }},
    {%- endif %}
    {%- endfor %}
    rejection_reasons,
    case when rejection_reasons is not null then {{ json_of('raw_profile') }} end
        as raw_row
from checked
