{#
    What is read, and the models through which its rows go: the one list of sources. Who
    counts, rejects or judges rows loops over it. dbt asks for the names of models before
    it has the graph: they stand here, and columns with their types in the YAML of each
    source. check_sources refuses what goes around.

    checked: alone reads the source: every raw row, with row_number, rejection_reasons
        (null where it breaks no rule) and raw_row
    rejected: the rows with rejection_reasons; `checked` where left out
    accepted: the rows that break no rule, which features read
    gate: checks the share of rejected rows first; `accepted` where left out
    refused_by: in place of `checked`, the macro that stops the build at one bad row
    log: of a log, what a row is
    period: of a log, the model with its days; found in `accepted` where left out
    is_required: whether nothing can be built without it
#}
{% macro sources_read() %}
    {% set profiles = {
        'user_profiles': {
            'checked': 'stg_user_profiles',
            'accepted': 'stg_users',
            'is_required': true,
        },
    } if has_profiles() else {} %}
    {% do return(dict(profiles, **sources_beside_profiles())) %}
{% endmacro %}

{# What can be read beside profiles, or without. #}
{% macro sources_beside_profiles() %}
    {% do return({
        'events': {
            'checked': 'stg_checked_events',
            'rejected': 'stg_rejected_events',
            'accepted': 'stg_events',
            'gate': 'user_daily_sessions',
            'log': 'event',
            'period': 'stg_event_period',
        },
        'transactions': {
            'checked': 'stg_checked_transactions',
            'accepted': 'stg_transactions',
            'log': 'transaction',
        },
        'user_aliases': {
            'accepted': 'stg_user_aliases',
            'refused_by': 'check_user_aliases',
        },
        'consents': {
            'checked': 'stg_checked_consents',
            'gate': 'stg_recorded_consents',
        },
    }) %}
{% endmacro %}

{# The sources that are logs, as literals of a list. #}
{% macro log_names() -%}
    {%- set names = [] -%}
    {%- for name, models in sources_read().items() if models.log -%}
        {%- do names.append("'" ~ name ~ "'") -%}
    {%- endfor -%}
    {{ names | join(', ') }}
{%- endmacro %}
