{#
    Stop the build before anything is made of a source, with one plain line, where more
    of its rows are rejected than the variable max_rejected_share allows, or no user is
    left. A pre-hook: it runs where a model is built, and neither in `dbt compile` nor
    in unit tests.

    Arguments:
        source: name of the source
        rows_read: relation with every row that was read for it
#}
{% macro check_rejected_share(source, rows_read) %}
    {% set allowed_share = var('max_rejected_share') %}
    {% if not is_share(allowed_share) %}
        {% do refuse("The variable max_rejected_share is " ~ allowed_share
            ~ "; it must be a number from 0 to 1.") %}
    {% endif %}
    {#- While dbt parses, too, so that what is read here is built before. #}
    {% set rejected, reasons = ref('stg_rejected_rows'), ref('stg_rejection_reasons') %}
    {% if execute and not flags.EMPTY %}
        {% set row_count = run_query('select count(*) from ' ~ rows_read)[0][0] %}
        {% set rejected_count = run_query(
            "select count(*) from " ~ rejected ~ " where source = '" ~ source ~ "'"
        )[0][0] %}
        {#- Logs may be empty: they are optional. #}
        {% if source == 'user_profiles' and rejected_count == row_count %}
            {% do refuse("No user is left: of " ~ row_count ~ " rows read, "
                ~ rejected_count ~ " were rejected. "
                ~ commonest_reasons(source, reasons)) %}
        {#- A quotient is rounded as the literal 0.05 is; a product is not. #}
        {% elif row_count and rejected_count / row_count > allowed_share %}
            {% do refuse("Of " ~ row_count ~ " rows of " ~ source ~ " read, "
                ~ rejected_count
                ~ " were rejected: " ~ percentage(rejected_count / row_count)
                ~ ", where the variable max_rejected_share allows "
                ~ percentage(allowed_share) ~ ". "
                ~ commonest_reasons(source, reasons)
                ~ " To allow more: max_rejected_share: "
                ~ (100 * rejected_count / row_count) | round(0, 'ceil') / 100
                ~ " in dbt_project.yml, or in one --vars with " ~ source ~ ".") %}
        {% endif %}
    {% endif %}
{% endmacro %}

{# The three commonest reasons as text, and where to find the others. #}
{% macro commonest_reasons(source, reasons) %}
    {% set texts = [] %}
    {% for row in read_rows(reasons, 'row_count desc, reason')
        if row.source == source and row.row_count %}
        {% do texts.append(
            row.reason ~ " (" ~ row.row_count ~ "): " ~ row.sentence
        ) %}
    {% endfor %}
    {% do return("The commonest reasons: " ~ texts[:3] | join(" ") ~ " Every rejected "
        ~ "row stands in staging.stg_rejected_rows of " ~ place_of_tables()
        ~ " with its reasons.") %}
{% endmacro %}

{% macro percentage(share) %}
    {% do return('%.6g%%' | format(100 * share)) %}
{% endmacro %}
