-- An answer that the declaration does not list would fall out of the profiles without a
-- word. Of a list a user may name several items.
with lists as (
    select distinct attribute
    from {{ ref('stg_declared_list_items') }}
)

select
    objective,
    segment_number,
    attribute,
    sum(share) as total_share
from {{ ref('segment_shares') }}
where attribute not in (select lists.attribute from lists)
group by all
having abs(sum(share) - 1) > 1e-9
