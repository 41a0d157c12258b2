{#
    Stop the build before anything is made of a source, with one plain line, where more
    of its rows are rejected than the variable max_rejected_share allows, or no user is
    left. A pre-hook: it runs where a model is built, and neither in `dbt compile` nor
    in unit tests. It waits for no other source.

    Argument:
        name: name of the source
#}
{% macro check_rejected_share(name) %}
    {% set allowed_share = var('max_rejected_share') %}
    {% if not is_share(allowed_share) %}
        {% do refuse("The variable max_rejected_share is " ~ allowed_share
            ~ "; it must be a number from 0 to 1.") %}
    {% endif %}
    {#- While dbt parses, too, so that what is read here is built before. #}
    {% set models, sentences = sources_read()[name], ref('stg_row_rules') %}
    {% set checked, rejected = ref(models.checked), rejects_of(models) %}
    {% if execute and not flags.EMPTY %}
        {% set row_count = run_query('select count(*) from ' ~ checked)[0][0] %}
        {% set rejected_count = run_query(
            "select count(*) from " ~ rejected ~ " where rejection_reasons is not null"
        )[0][0] %}
        {#- Logs may be empty: they are optional. #}
        {% if models.is_required and rejected_count == row_count %}
            {% do refuse("No user is left: of " ~ row_count ~ " rows read, "
                ~ rejected_count ~ " were rejected. "
                ~ commonest_reasons(name, rejected, sentences)) %}
        {#- A quotient is rounded as the literal 0.05 is; a product is not. #}
        {% elif row_count and rejected_count / row_count > allowed_share %}
            {% do refuse("Of " ~ row_count ~ " rows of " ~ name ~ " read, "
                ~ rejected_count
                ~ " were rejected: " ~ percentage(rejected_count / row_count)
                ~ ", where the variable max_rejected_share allows "
                ~ percentage(allowed_share) ~ ". "
                ~ commonest_reasons(name, rejected, sentences)
                ~ " To allow more: max_rejected_share: "
                ~ (100 * rejected_count / row_count) | round(0, 'ceil') / 100
                ~ " in dbt_project.yml, or in one --vars with " ~ name ~ ".") %}
        {% endif %}
    {% endif %}
{% endmacro %}

{# The relation in which the rejected rows of a source have rejection_reasons. #}
{% macro rejects_of(models) %}
    {% do return(ref(models.rejected or models.checked)) %}
{% endmacro %}

{# The three commonest reasons as text, and where to find the others. #}
{% macro commonest_reasons(name, rejected, sentences) %}
    {% set texts = [] %}
    {% for reason, row_count, sentence in run_query(
        "with reason_lists as (
            select rejection_reasons as reasons, count(*) as row_count
            from " ~ rejected ~ " where rejection_reasons is not null group by all
        ),
        listed_reasons as (
            select " ~ each_of("split(reasons, ', ')") ~ " as reason, row_count
            from reason_lists
        )
        select
            listed_reasons.reason,
            cast(sum(listed_reasons.row_count) as bigint) as row_count,
            min(sentences.sentence) as sentence
        from listed_reasons
        left join " ~ sentences ~ " as sentences
            on listed_reasons.reason = sentences.reason
            and sentences.source = '" ~ name ~ "'
        group by all order by row_count desc, reason limit 3"
    ) %}
        {% do texts.append(
            reason ~ " (" ~ row_count ~ ")" ~ (": " ~ sentence if sentence else ".")
        ) %}
    {% endfor %}
    {% do return("The commonest reasons: " ~ texts | join(" ") ~ " Every rejected "
        ~ "row stands in staging.stg_rejected_rows of " ~ place_of_tables()
        ~ " with its reasons.") %}
{% endmacro %}

{% macro percentage(share) %}
    {% do return('%.6g%%' | format(100 * share)) %}
{% endmacro %}
