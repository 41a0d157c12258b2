{%- set blocks = [] -%}
{%- for name, objective in var('objectives').items() -%}
    {%- for block, weight in objective.block_weights.items() -%}
        {%- do blocks.append((name, block, weight)) -%}
    {%- endfor -%}
{%- endfor -%}

-- depends_on: {{ ref('objectives') }} (which checks what is read here)

{% for objective, block, weight in blocks %}
select
    '{{ objective }}' as objective,
    '{{ block }}' as block,
    cast({{ weight }} as double) as weight
{{ 'union all' if not loop.last }}
{%- endfor %}
