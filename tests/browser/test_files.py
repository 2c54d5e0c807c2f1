"""Files from the visitor to the desk and back: chosen, pasted, dropped; nothing that was refused is lost in silence."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from playwright.async_api import expect

from tests.browser.looks import looked_at
from tests.browser.theatre import Theatre

DROP = """async ([name, type, text, how]) => {
    const box = document.querySelector('[data-slabot]').shadowRoot.querySelector('.field textarea');
    const carried = new DataTransfer();
    carried.items.add(new File([text], name, { type }));
    const event = how === 'paste'
        ? new ClipboardEvent('paste', { clipboardData: carried, bubbles: true, cancelable: true })
        : new DragEvent('drop', { dataTransfer: carried, bubbles: true, cancelable: true });
    box.dispatchEvent(event);
}"""


def picture() -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", (640, 400), (235, 238, 244))
    image.paste((200, 60, 50), (60, 60, 580, 140))
    image.save(out, "PNG")
    return out.getvalue()


async def test_a_picture_goes_to_the_desk_and_a_paper_comes_back(theatre: Theatre, tmp_path: Path) -> None:
    photo, paper = tmp_path / "login page.png", tmp_path / "guide.txt"
    photo.write_bytes(picture())
    paper.write_text("Clear the cache first.")
    aidan, vera = await theatre.aidan(), await theatre.vera()
    await vera.opens()
    await vera.says("nobody in my course can log in")
    number = await vera.number()
    await vera.window.get_by_label("Attach a file").set_input_files(photo)
    # Not "Sending login page.png": Enter waits until the file is there.
    await expect(vera.window.locator("form .file")).to_have_text("login page.png")
    await vera.says("this is what they see")
    drawn = vera.log.get_by_role("button", name="Download login page.png").locator("canvas")
    await expect(drawn).to_be_visible()
    await vera.page.wait_for_function(
        "(at) => at.getContext('2d').getImageData(200, 100, 1, 1).data[0] === 200",
        arg=await drawn.element_handle(),
    )
    await looked_at(vera.page, "talk-picture", "[data-slabot]")
    await aidan.opens(number)
    shown = aidan.timeline.get_by_role("img", name="login page.png")
    await expect(shown).to_be_visible()
    assert await shown.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 640
    await looked_at(aidan.page, "desk-picture", wide=(1440, 900))
    await aidan.claims()
    await aidan.page.get_by_label("Send files").set_input_files(paper)
    received = vera.log.get_by_role("button", name="Download guide.txt")
    async with vera.page.expect_download() as downloaded:
        await received.click()
    path = await (await downloaded.value).path()
    assert path.read_text() == "Clear the cache first."


async def test_files_are_pasted_and_dropped_and_what_is_refused_says_why(theatre: Theatre) -> None:
    theatre.watched.forgives("422")
    vera = await (await theatre.vera()).opens()
    await vera.says("are you open now?")
    await vera.cards.first.wait_for()
    await vera.page.evaluate(DROP, ["notes.txt", "text/plain", "it fails at nine", "paste"])
    await expect(vera.window.locator("form .file")).to_have_count(1)
    await vera.page.evaluate(DROP, ["drawing.svg", "image/svg+xml", "<svg/>", "drop"])
    refused = vera.window.get_by_role("alert")
    await expect(refused).to_contain_text("drawing.svg: Files of this kind are not taken here.")
    await looked_at(vera.page, "files-chosen", "[data-slabot]")
    await vera.window.get_by_role("button", name="Remove drawing.svg").click()
    await expect(refused).to_have_count(0)
    await vera.window.get_by_role("button", name="Send", exact=True).click()
    await expect(vera.log.get_by_role("button", name="Download notes.txt")).to_be_visible()
    await vera.sees("I cannot look into files")
    await vera.page.reload()
    await vera.opens()
    await expect(vera.log.get_by_role("button", name="Download notes.txt")).to_have_count(1)


async def test_a_phone_offers_its_camera_and_nothing_else_does(theatre: Theatre) -> None:
    desk = await (await theatre.vera()).opens()
    await expect(desk.window.get_by_label("Attach a file")).to_be_visible()
    await expect(desk.window.get_by_label("Take a picture")).to_be_hidden()
    context = await theatre.context(width=390, height=844, phone=True)
    phone = await (await theatre.vera(context=context)).opens()
    camera = phone.window.get_by_label("Take a picture")
    await expect(camera).to_be_visible()
    await expect(camera).to_have_attribute("capture", "environment")
    await camera.set_input_files({"name": "photo.png", "mimeType": "image/png", "buffer": picture()})
    await expect(phone.window.locator("form .file")).to_have_text("photo.png")
    await looked_at(phone.page, "phone-camera", "[data-slabot]", wide=(390, 844))
