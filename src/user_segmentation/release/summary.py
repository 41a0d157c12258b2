"""What a release holds, in a few lines for the terminal."""

from user_segmentation.release.history import DATABASE, REPORT

NEEDED = {
    *("marts.release", "marts.segmentations", "marts.segments", "marts.sources"),
    "marts.outlier_counts",
}
# Features with outliers that are named.
MOST_FEATURES = 3


def summary(connection, marts, folder):
    """Say how many users were read, what was found, and where it is.

    Parameters
    ----------
    connection : DuckDBPyConnection
        To the database that was published.
    marts : sequence of str
        Tables that were published, with their schema.
    folder : Path
        Where it was published.

    Returns
    -------
    list of str
        Lines; none where the tables do not tell.
    """
    if not set(marts) >= NEEDED:
        return []
    cursor = connection.cursor()
    profiles = cursor.execute(
        """
        select read_count, rejected_count from marts.sources
        where source = 'user_profiles'
        """
    ).fetchall()
    lines = [f"Users: {read:,} read, {rejected:,} rejected." for read, rejected in profiles]
    if not profiles:
        ((count,),) = cursor.execute("select count(*) from marts.users").fetchall()
        lines.append(f"Users: {count:,} in the logs, as no profiles are read.")
    logs = cursor.execute(
        """
        select source, read_count, rejected_count from marts.sources
        where rejected_count > 0 and source <> 'user_profiles'
        order by source
        """
    ).fetchall()
    lines += [
        f"Rows of {source}: {read:,} read, {rejected:,} rejected."
        for source, read, rejected in logs
    ]
    if logs or any(rejected for _, rejected in profiles):
        lines.append("Why: marts.rejection_counts; which: staging.stg_rejected_rows.")
    outliers = cursor.execute(
        """
        select feature, outlier_count from marts.outlier_counts
        order by outlier_count desc, feature
        """
    ).fetchall()
    if outliers:
        lines += [
            f"Outliers: {_outliers(outliers)}. In means they count as at the fence.",
            "Fences: marts.outlier_counts; which: segmentation.outliers.",
        ]
    found = cursor.execute(
        """
        select
            segmentations.objective,
            segmentations.verdict,
            count(*),
            arg_min((segment_name, user_share), sort_order),
            arg_max((segment_name, user_share), sort_order)
        from marts.segmentations
        inner join marts.segments using (objective)
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
        lines.append(
            f"No natural segments were found for {', '.join(unreal)}: "
            "theirs are slices of convenience."
        )
    lines.append(f"Tables: {folder / DATABASE}")
    if (folder / REPORT).exists():
        lines.append(f"Report: {folder / REPORT}")
    return lines


def _outliers(counts):
    named = [
        f"{'some' if count is None else format(count, ',')} in {feature}"
        for feature, count in counts[:MOST_FEATURES]
    ]
    if len(counts) > len(named):
        named.append(f"… ({len(counts)} features)")
    return ", ".join(named)
