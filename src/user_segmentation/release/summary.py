"""What a release holds, in a few lines for the terminal."""

from user_segmentation.release.history import DATABASE, REPORT

NEEDED = {
    *("marts.release", "marts.segmentations", "marts.segments", "marts.sources"),
    *("marts.outlier_counts", "marts.left_out_features"),
}
# Features that a line names.
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
    lines = [
        f"Users: {read:,} read, {rejected:,} rejected." for read, rejected in profiles
    ]
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
            f"Outliers: {_outliers(outliers)}. In means they count as at the limit.",
            "Limits: marts.outlier_counts; which: segmentation.outliers.",
        ]
    left_out = cursor.execute(
        """
        select distinct
            feature,
            case
                when reason = 'unknown' then 'known of nobody'
                when reason = 'constant' then 'the same for all users'
                when reason = 'constant_in_training' then 'the same when trained'
                when known_share is null then 'known of few'
                else format('known of {:d}%', cast(floor(100 * known_share) as int))
            end
        from marts.left_out_features
        order by all
        """
    ).fetchall()
    if left_out:
        lines.append(
            f"Without weight: {_named(left_out, '{} ({})')}. "
            "Why: marts.left_out_features."
        )
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
    said = [
        (feature, "some" if count is None else format(count, ","))
        for feature, count in counts
    ]
    return _named(said, "{1} in {0}")


def _named(said, form):
    named = [form.format(*row) for row in said[:MOST_FEATURES]]
    if len(said) > len(named):
        named.append(f"… ({len(said)} features)")
    return ", ".join(named)
