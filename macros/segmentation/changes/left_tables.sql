{#
    What builds go on from: the tables of the build before that are read before this one
    adds to them or writes them anew, and the types of the columns that are read. The one
    other is `last_features`, with the columns of `user_features`.
#}
{% macro left_tables() %}
    {% do return({
        'segment_models': {
            'objective': 'string',
            'model_version': 'integer',
            'segment_number': 'integer',
            'feature': 'string',
            'center': 'double',
            'scale': 'double',
            'clip': 'double',
            'trained_at': 'timestamp',
            'definition_fingerprint': 'string',
            'is_sample': 'boolean',
        },
        'model_verdicts': {
            'objective': 'string',
            'model_version': 'integer',
            'verdict': 'string',
        },
        'training_profiles': {
            'objective': 'string',
            'model_version': 'integer',
            'feature': 'string',
            'edges': list_type('double'),
            'shares': list_type('double'),
            'user_count': 'bigint',
        },
        'user_segment_history': {
            'objective': 'string',
            'user_id': 'string',
            'segment_number': 'integer',
            'is_sample': 'boolean',
            'dbt_valid_to': 'timestamp',
        },
        'lineage_events': {
            'objective': 'string',
            'model_version': 'integer',
        },
        'naming_history': {
            'objective': 'string',
            'segment_number': 'integer',
            'is_sample': 'boolean',
            'change_number': 'integer',
            'changed_at': 'timestamp',
            'segment_name': 'string',
            'name_words': 'string',
            'name_number': 'integer',
            'says_objective': 'boolean',
            'name_traits': 'string',
            'recommended_action': 'string',
            'action_trait': 'string',
        },
        'last_inputs': {
            'measure': 'string',
            'subject': 'string',
            'answer': 'string',
            'row_count': 'bigint',
            'is_sample': 'boolean',
        },
    }) %}
{% endmacro %}
