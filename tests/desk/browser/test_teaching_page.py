"""教机器人 in Chromium: a manager teaches, trains, reads the figures, goes live and back."""

from console_page import hire, sign_in
from playwright.async_api import BrowserContext, expect
from wire import RunningDesk

from shop.model import Role
from shop.policy import Policy
from shop.training import Marks, claim_training, end_training, renew_training
from shop.wiring import Services

CHANGED = [
    {"text": "能骨折不", "intent": "bargain", "before": "report_damage", "after": "bargain", "taught": False},
    {"text": "在不在呀", "intent": "greet", "before": "greet", "after": "ask_stock", "taught": False},
]


def work(services: Services) -> str:
    """As a bot worker does, up to the middle."""
    now = services.clock.now()
    with services.unit_of_work() as uow:
        number = claim_training(uow, "w", now)
        assert number is not None
        assert renew_training(uow, number, "w", now, percent=42)
        uow.commit()
    return number


def finish(services: Services, number: str) -> None:
    now = services.clock.now()
    with services.unit_of_work() as uow:
        marks = Marks(1500, 1204, 1207, 0, 2, CHANGED)
        assert end_training(uow, number, "w", now, Policy(), marks, f"{number}.tar.gz", "shop-1")
        uow.commit()


async def test_a_manager_teaches_trains_and_goes_back(
    context: BrowserContext, desk: RunningDesk, services: Services
) -> None:
    hire(services, "902", "云舒", Role.MANAGER)
    await sign_in(context, desk.url, "902")
    page = await context.new_page()
    await page.goto(f"{desk.url}/settings/teaching")
    await expect(page.get_by_text("还没有教过")).to_be_visible()
    await expect(page.get_by_role("button", name="开始训练")).to_be_disabled()

    await page.get_by_role("button", name="教一句").click()
    form = page.locator("#lesson-form")
    await form.get_by_label("买家的说法").fill("给个骨折价呗\n再杀我一刀")
    await form.get_by_role("button", name="教给机器人").click()
    await expect(form.get_by_role("alert")).to_have_text("请选一下是什么意思")
    await form.get_by_label("意思是").select_option("议价")
    await form.get_by_role("button", name="教给机器人").click()
    await expect(form).to_have_count(0)
    await expect(page.locator(".lesson")).to_have_count(2)
    await expect(page.locator("#run")).to_contain_text("有 2 句教过的话，正在用的模型还没学")

    await page.get_by_role("button", name="开始训练").click()
    await expect(page.locator("#run")).to_contain_text("等机器人开始")
    number = work(services)
    await expect(page.locator("#run")).to_contain_text("训练中 42%")
    finish(services, number)
    past = page.locator("#trainings")
    await expect(past).to_contain_text("1,500 道没学过的考题：原来答对 1,204，现在 1,207（多答对 3 题）")
    await past.get_by_text("看看哪些答得不一样了（2 句）").click()
    await expect(past).to_contain_text("“能骨折不”（议价）：原来听成运输破损，现在听懂了")
    await expect(page.locator("#live")).to_contain_text(f"训练 {number}")

    await page.get_by_role("button", name="换回上一个").click()
    await expect(page.locator("#live")).to_contain_text("正在用随程序的模型")
    await past.get_by_role("button", name="上线").click()
    await expect(page.locator("#live strong")).to_have_text(f"训练 {number}")

    await page.get_by_label("搜教过的话").fill("骨折")
    await expect(page.locator(".lesson")).to_have_count(1)
    await page.get_by_role("button", name="删除 给个骨折价呗").click()
    await page.get_by_role("dialog").get_by_role("button", name="删除").click()
    await expect(page.locator(".lesson")).to_have_count(0)
    await expect(page.locator("#nothing")).to_have_text("没有找到，换个词试试~")
