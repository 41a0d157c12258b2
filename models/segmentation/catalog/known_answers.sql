{%- set edge_text = "regexp_replace(cast(cast(%s as decimal(38, 6)) as string), "
    ~ "'[.]?0+$', '')" -%}

with declared_answers as (
    select * from {{ ref('stg_declared_answers') }}
),

users as (
    select * from {{ ref('stg_users') }}
),

numbers as (
    {%- for attribute in protected_numbers() %}
    select
        '{{ attribute }}' as attribute,
        cast({{ attribute }} as double) as number
    from users
    where {{ attribute }} is not null
    union all
    {%- endfor %}
    select
        cast(null as string) as attribute,
        cast(null as double) as number
    from users
    where false
),

deciles as (
    select
        attribute,
        {{ each_of(deciles_of('number')) }} as decile
    from numbers
    group by attribute
),

spreads as (
    select
        attribute,
        max(decile) as last_decile,
        nullif(max(decile) - min(decile), 0) / 10 as tenth,
        pow(10, floor(log10(nullif(max(decile) - min(decile), 0) / 10))) as power
    from deciles
    group by attribute
),

ranges as (
    select
        numbers.attribute,
        min(numbers.number) as lowest,
        max(numbers.number) as highest,
        -- Where nearly all have the same number, whoever has more is set apart.
        coalesce(
            min(case when numbers.number > spreads.last_decile then numbers.number end),
            max(numbers.number)
        ) as only_edge
    from numbers
    inner join spreads on numbers.attribute = spreads.attribute
    group by numbers.attribute
),

round_units as (
    select
        attribute,
        power * case
            when tenth <= power then 1
            when tenth <= 2 * power then 2
            when tenth <= 5 * power then 5
            else 10
        end as unit
    from spreads
),

-- By way of a decimal: 3 times 0.1 is a little more than 0.3.
round_edges as (
    select distinct
        deciles.attribute,
        cast(
            cast(
                round(deciles.decile / round_units.unit) * round_units.unit
                as decimal(38, 6)
            ) as double
        ) as edge
    from deciles
    inner join round_units on deciles.attribute = round_units.attribute
),

inner_edges as (
    select round_edges.*
    from round_edges
    inner join ranges on round_edges.attribute = ranges.attribute
    where round_edges.edge > ranges.lowest and round_edges.edge <= ranges.highest
),

edges as (
    select * from inner_edges
    union all
    select
        ranges.attribute,
        ranges.only_edge as edge
    from ranges
    anti join inner_edges on ranges.attribute = inner_edges.attribute
    where ranges.only_edge > ranges.lowest
    union all
    select
        attribute,
        cast(null as double) as edge
    from ranges
),

bands as (
    select
        attribute,
        edge as lower_edge,
        lead(edge) over (
            partition by attribute
            order by edge asc nulls first
        ) as upper_edge,
        row_number() over (
            partition by attribute
            order by edge asc nulls first
        ) as rank
    from edges
),

protected_bands as (
    select
        attribute,
        cast(rank as int) as rank,
        lower_edge,
        upper_edge,
        case
            when lower_edge is null and upper_edge is null then 'any number'
            when lower_edge is null then 'under ' || {{ edge_text % 'upper_edge' }}
            when upper_edge is null then {{ edge_text % 'lower_edge' }} || ' or more'
            else
                {{ edge_text % 'lower_edge' }} || ' to under '
                || {{ edge_text % 'upper_edge' }}
        end as answer
    from bands
)

select
    attribute,
    answer,
    rank,
    false as is_band,
    cast(null as double) as lower_edge,
    cast(null as double) as upper_edge
from declared_answers
where attribute not in (select protected_bands.attribute from protected_bands)
union all
select
    attribute,
    answer,
    rank,
    true as is_band,
    lower_edge,
    upper_edge
from protected_bands
