"""Python of the dbt project user_segmentation: what SQL cannot do."""
