{#
    Stop the build, with one plain line, where it cannot be told whose an alias is. A
    pre-hook of stg_resolved_aliases.
#}
{% macro check_user_aliases() %}
    {% set aliases = ref('stg_user_aliases') %}
    {% set users = ref('stg_users') if has_profiles() %}
    {% set where = "user_aliases (" ~ source_files('user_aliases') ~ "): " %}
    {% set queries = {
        'empty': "
            select coalesce(alias, 'an empty alias'), coalesce(user_id, 'nobody')
            from " ~ aliases ~ " where alias is null or user_id is null",
        'conflicts': "
            select alias, " ~ ordered_text('user_id', ' and ', 'user_id') ~ "
            from " ~ aliases ~ " group by all having count(*) > 1",
        'users': "
            select alias, aliases.user_id from " ~ aliases ~ " as aliases
            inner join " ~ users ~ " as users on aliases.alias = users.user_id
            where aliases.alias <> aliases.user_id",
        'cycles': "
            with recursive chains as (
                select
                    alias,
                    user_id,
                    " ~ list_of(['alias', 'user_id']) ~ " as chain,
                    alias = user_id as is_closed
                from " ~ aliases ~ "
                union all
                select
                    chains.alias,
                    aliases.user_id,
                    array_append(chains.chain, aliases.user_id),
                    array_contains(chains.chain, aliases.user_id)
                from chains
                inner join " ~ aliases ~ " as aliases
                    on chains.user_id = aliases.alias
                where not chains.is_closed
            )
            select alias, " ~ joined('chain', ' -> ') ~ "
            from chains where alias = user_id",
    } %}
    {% set problems = {
        'empty': "{0} stands for {1}: fill in both columns, or remove the row.",
        'conflicts': "the alias {0} stands for {1}: keep the right one.",
        'users': "{0} stands for {1}, and has a profile of its own: remove the alias, "
            ~ "or the profile.",
        'cycles': "{1} leads back to where it started: remove the row that is wrong.",
    } %}
    {#- Users of logs are no aliases, by what makes them. #}
    {% do queries.pop('users') if not users %}
    {% for problem, query in queries.items() if execute %}
        {% set rows = run_query(query ~ " order by all limit 1") %}
        {% if rows | length %}
            {% do refuse(where ~ problems[problem].format(*rows[0].values())) %}
        {% endif %}
    {% endfor %}
{% endmacro %}
