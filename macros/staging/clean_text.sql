{#
    Text with outer blanks removed, typographic dashes made plain, accents joined to their
    letters and empty text made null: forms that mean the same thing however they were
    typed.
#}
{% macro clean_text(column) -%}
    {%- set text = 'cast(' ~ column ~ ' as string)' -%}
    case
        {#- Plain as nearly all text is (one byte a character, no blank at either end):
            ten times cheaper to look at than to rewrite. #}
        when
            bit_length({{ text }}) = 8 * length({{ text }})
            and {{ text }} >= '!' and right({{ text }}, 1) >= '!'
            then {{ text }}
        else
            {#- Blanks: space, tab, line feed, carriage return, no-break space. #}
            nullif(
                {{ trimmed(
                    "translate(" ~ composed(text) ~ ", '‐‑‒–—−', '------')",
                    "' ' || chr(9) || chr(10) || chr(13) || chr(160)"
                ) }},
                ''
            )
    end
{%- endmacro %}
