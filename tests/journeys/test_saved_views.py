"""Views that an agent saved: kept on the server, theirs alone, the same at all their desks."""

from __future__ import annotations

from tests.house import Server

LMS = {"id": "view-lms", "name": "LMS", "view": "all", "words": "lms", "order": "severity"}


async def test_a_saved_view_is_at_every_desk_of_its_agent_and_at_no_other(server: Server) -> None:
    aidan, other, vivian = await server.desk(), await server.desk(), await server.desk("vivian")
    saved = (await aidan.does("save_view", **LMS))["saved_views"]
    assert LMS in saved
    heard = await other.heard.until(lambda facts: any(fact["fact"] == "views_saved" for fact in facts))
    assert LMS in next(fact for fact in heard if fact["fact"] == "views_saved")["saved_views"]
    assert LMS in (await (await server.desk()).does("inbox"))["saved_views"]
    assert (await vivian.does("inbox"))["saved_views"] == []
    await vivian.does("drop_view", id=LMS["id"])
    assert LMS in (await aidan.does("inbox"))["saved_views"], "nobody drops another's"


async def test_a_view_saved_again_is_renamed_and_a_dropped_one_is_gone(server: Server) -> None:
    abby = await server.desk("abby")
    await abby.does("save_view", **LMS)
    await abby.does("save_view", id="view-2", name="Mine", view="mine")
    assert (await abby.asks("save_view", id="view-2", name="lms"))["error"]["code"] == "invalid"
    renamed = (await abby.does("save_view", **{**LMS, "name": "Zebra"}))["saved_views"]
    assert [view["name"] for view in renamed] == ["Mine", "Zebra"]
    left = (await abby.does("drop_view", id=LMS["id"]))["saved_views"]
    assert [view["id"] for view in left] == ["view-2"]
