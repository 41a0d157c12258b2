select
    cast(null as varchar) as objective,
    cast(null as integer) as model_version,
    cast(null as varchar) as feature,
    cast(null as double) as stability_index,
    cast(null as double) as expected_index,
    cast(null as double) as excess_index
where false
