{#
    Stop the build, with one plain line, where seeds/segment_aliases.csv leaves open who
    named what and when, or would give two segments one name. A pre-hook of `segments`.
#}
{% macro check_segment_aliases() %}
    {% set file = "seeds/segment_aliases.csv" %}
    {% set aliases = read_rows(ref('segment_aliases'), 'segment_key, alias') %}
    {% for row in aliases %}
        {% for column in ['segment_key', 'rule_name', 'alias', 'named_by', 'named_on']
            if not row[column] | string | trim or row[column] is none %}
            {% do refuse(file ~ ": " ~ column ~ " is missing in the row of alias "
                ~ row.alias ~ " for " ~ row.segment_key ~ ": say who named which "
                ~ "segment, what the rule called it, and on which day.") %}
        {% endfor %}
    {% endfor %}

    {% set seen = [] %}
    {% for row in aliases %}
        {% if row.segment_key in seen %}
            {% do refuse(file ~ ": " ~ row.segment_key
                ~ " has two aliases: keep one.") %}
        {% endif %}
        {% do seen.append(row.segment_key) %}
    {% endfor %}

    {% set names = [] %}
    {% for segment in read_rows(ref('segment_names'), 'objective, segment_number') %}
        {% set segment_key = segment.objective ~ '-' ~ segment.segment_number %}
        {% set given = aliases | selectattr('segment_key', 'eq', segment_key)
            | map(attribute='alias') | list %}
        {% for name in given + [segment.rule_name] %}
            {% set key = (segment.objective, name | lower | trim) %}
            {% if key in names %}
                {% do refuse(file ~ ": " ~ name ~ " would be the name of two segments "
                    ~ "of objective " ~ segment.objective ~ ": give another alias.") %}
            {% endif %}
        {% endfor %}
        {% for name in given + [segment.rule_name] %}
            {% do names.append((segment.objective, name | lower | trim)) %}
        {% endfor %}
    {% endfor %}
{% endmacro %}
