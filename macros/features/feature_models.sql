{# The models of models/features that are joined in user_features. A new one is named
   here; those that need the case study's columns are left out for other users. #}
{% macro feature_models() %}
    {% set models = ['user_declared_features', 'user_activity', 'user_purchases'] %}
    {% do return(
        models + (['user_engagement', 'user_ad_response'] if is_case_study() else [])
    ) %}
{% endmacro %}
