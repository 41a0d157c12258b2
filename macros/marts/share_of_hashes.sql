{#
    The share of all md5 hashes that are below the hash of a text, from 0 to 1: the same
    on every engine, and evenly spread over texts that have nothing else in common.

    Arguments:
        text: expression
#}
{% macro share_of_hashes(text) -%}
    {#- The first eight hexadecimal digits. #}
    {{ number_of_hex('substr(md5(' ~ text ~ '), 1, 8)') }} / 4294967296
{%- endmacro %}
