"""Minted records: the same as those that the class makes, and as firmly closed."""

import pickle
from dataclasses import FrozenInstanceError, fields
from typing import Any

import pytest

from docsearch.mint import mint
from docsearch.model import Anaphor, Citation, Fact, Span, Unit

RECORDS: list[Any] = [Span, Fact, Unit, Citation, Anaphor]


def values(record: Any) -> dict[str, Any]:
    return {one.name: number for number, one in enumerate(fields(record))}


@pytest.mark.parametrize("record", RECORDS)
def test_a_minted_record_is_the_record(record: Any) -> None:
    made, minted = record(**values(record)), mint(record)(**values(record))
    assert type(minted) is record
    assert (minted, hash(minted), repr(minted)) == (made, hash(made), repr(made))
    assert pickle.loads(pickle.dumps(minted)) == made


@pytest.mark.parametrize("record", RECORDS)
def test_a_minted_record_is_frozen(record: Any) -> None:
    minted = mint(record)(**values(record))
    with pytest.raises(FrozenInstanceError):
        setattr(minted, fields(record)[0].name, None)


def test_defaults_are_those_of_the_record() -> None:
    assert mint(Fact)("12/BC-UBND", None, "number-line") == Fact("12/BC-UBND", None, "number-line")
