{# Name, while tests run, the aliases that no segment has: dbt only counts them. #}
{% macro tell_unused_aliases() %}
    {% if execute and flags.WHICH in ['build', 'test'] %}
        {% set rows = run_query(
            "select aliases.objective, aliases.rule_name, aliases.alias
            from " ~ ref('segment_aliases') ~ " as aliases
            anti join " ~ ref('segments') ~ " as segments
                on aliases.objective = segments.objective
                and aliases.rule_name = segments.rule_name
            order by all"
        ) %}
        {% for row in rows %}
            {% do log("seeds/segment_aliases.csv: no segment of objective "
                ~ row.objective ~ " is called " ~ row.rule_name ~ " by the rule, so "
                ~ "the alias " ~ row.alias ~ " names none.", info=true) %}
        {% endfor %}
    {% endif %}
{% endmacro %}
