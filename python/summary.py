"""What a release holds, in a few lines for the terminal."""

NEEDED = {"release", "segmentations", "segments"}
REPORT = "report.html"


def summary(connection, schema, tables, folder):
    """Say how many users were read, what was found, and where it is.

    Parameters
    ----------
    connection : DuckDBPyConnection
        To the database that was published.
    schema : str
    tables : sequence of str
        Names of the tables in the schema.
    folder : Path
        Where it was published.

    Returns
    -------
    list of str
        Lines; none where the tables do not tell.
    """
    if not set(tables) >= NEEDED:
        return []
    cursor = connection.cursor()
    ((read, rejected),) = cursor.execute(
        f"select read_count, rejected_count from {schema}.release"
    ).fetchall()
    lines = [f"Users: {read:,} read, {rejected:,} rejected."]
    found = cursor.execute(
        f"""
        select
            segmentations.objective,
            segmentations.verdict,
            count(*),
            arg_min((segment_name, user_share), sort_order),
            arg_max((segment_name, user_share), sort_order)
        from {schema}.segmentations
        inner join {schema}.segments using (objective)
        group by all
        order by all
        """
    ).fetchall()
    cursor.close()
    width = max(len(objective) for objective, *_ in found)
    for objective, verdict, count, *ends in found:
        largest, smallest = (f"{name} {share:.1%}" for name, share in ends)
        lines.append(
            f"{objective:{width}}  {verdict:8}  {count} segments: "
            f"{largest}, …, {smallest}"
        )
    unreal = [objective for objective, verdict, *_ in found if verdict == "none"]
    if unreal:
        lines.append(f"There are no natural segments for {', '.join(unreal)}: slices.")
    lines.append(f"Tables: {folder / 'marts.duckdb'}")
    if (folder / REPORT).exists():
        lines.append(f"Report: {folder / REPORT}")
    return lines
