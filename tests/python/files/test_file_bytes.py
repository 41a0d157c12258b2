"""What is asked of the bytes of a file, wherever its pieces end."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from user_segmentation.files import text as file_bytes
from user_segmentation.files.text import has_delimiter_at_line_end

TEXTS = st.lists(st.sampled_from([b",", b"\r", b"\n", b"a", b'"'])).map(b"".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=TEXTS, chunk_bytes=st.integers(1, 4))
def test_a_comma_at_a_line_end_is_found_in_any_pieces(tmp_path, content, chunk_bytes):
    file = tmp_path / "users.csv"
    file.write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file_bytes, "CHUNK_BYTES", chunk_bytes)
        found = has_delimiter_at_line_end(file)
    assert found == any(line.endswith(b",") for line in content.splitlines())
