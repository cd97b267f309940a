"""The desk on a bad network, at a server that is killed, in a tab that is asleep: ``make rough-shift``, but short."""

from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.browser.rough_shift import RoughShift, work_a_rough_shift

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_a_rough_shift_leaves_the_desk_as_a_new_one_and_records_each_text_once(
    browser: Browser, tmp_path: Path
) -> None:
    shift = RoughShift(conversations=3, rounds=4, kills=1, cut_every=0.5, asleep=1.0)

    findings = await work_a_rough_shift(browser, tmp_path, shift)

    assert findings.displayed == findings.displayed_anew
    assert findings.recorded == findings.written
    assert [len(texts) for texts in findings.written.values()] == [2 * 4 + 2] * 3
    assert findings.cuts >= 2
