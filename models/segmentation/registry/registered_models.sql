-- As the build before left it: what is trained in this build is decided from it. A
-- build that is refused for its rejected rows leaves this table as it was.
-- depends_on: {{ ref('user_features') }}
{{ rows_of_last_build('segment_models', {
    'objective': 'string',
    'model_version': 'integer',
    'segment_number': 'integer',
    'feature': 'string',
    'transform': 'string',
    'centroid': 'double',
    'center': 'double',
    'scale': 'double',
    'clip': 'double',
    'trained_at': 'timestamp',
    'definition_fingerprint': 'string',
    'is_sample': 'boolean',
}) }}
