"""Records: values that are equal by their fields, and others of them made from one."""

import pytest

from pipeline.models import Time


def test_a_record_is_equal_by_its_fields_and_can_be_a_key() -> None:
    one = Time("actual", "", "2021", "", trace=(("status", "status.done", 0, 0),))
    assert one == Time("actual", "", "2021", "", "", (("status", "status.done", 0, 0),))
    assert len({one, one._replace(status="target"), one._replace(period="2021")}) == 2


def test_what_a_record_does_not_have_cannot_be_replaced() -> None:
    with pytest.raises(TypeError):
        Time("actual", "", "2021", "")._replace(year="2022")
