{#
    Two numbers for a sentence, "6.1 hours against 3.2", with as many places as show two
    digits of their difference: one that is said must be seen.

    Arguments:
        number, other: the segment's and that of all users
        unit: the catalogue's unit; a `share` is printed in percent, a `rank` and a
            `number` as they are
#}
{% macro readable_numbers(number, other, unit) -%}
    {%- set factor = "case when " ~ unit ~ " = 'share' then 100 else 1 end" -%}
    {%- set difference = "nullif(abs(" ~ number ~ " - " ~ other ~ "), 0)" -%}
    {%- set places -%}
    greatest(
        1 - cast(floor(log10({{ difference }} * {{ factor }})) as integer), 0
    )
    {%- endset -%}
    {{ fixed_point('(' ~ number ~ ' * ' ~ factor ~ ')', places) }}
    || case {{ unit }} when 'share' then '%' when 'rank' then '' when 'number' then ''
        else ' ' || {{ unit }}
    end
    || ' against '
    || {{ fixed_point('(' ~ other ~ ' * ' ~ factor ~ ')', places) }}
    || case {{ unit }} when 'share' then '%' else '' end
{%- endmacro %}

{#
    What follows two numbers that are not of all users: ", known of 87%".

    Argument:
        known_share: the share of the segment's users whom the first is of
#}
{% macro known_words(known_share) -%}
    case
        when {{ known_share }} < 1
            then
                ', known of '
                || cast(floor(100 * {{ known_share }} + 1e-9) as integer)
                || '%'
        else ''
    end
{%- endmacro %}
