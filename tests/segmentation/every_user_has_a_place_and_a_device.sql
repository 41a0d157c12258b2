-- An answer that is added to seeds/ordered_answers.csv and to no flag in
-- user_demographics would count as the absence of all others.
select
    user_id,
    is_urban,
    is_suburban,
    is_rural,
    is_mobile_user,
    is_desktop_user,
    is_tablet_user
from {{ ref('user_demographics') }}
where
    is_urban + is_suburban + is_rural <> 1
    or is_mobile_user + is_desktop_user + is_tablet_user = 0
