"""nbgrader's exchange on a JupyterHub, from release to feedback: a teacher and two students.

Not here: the hub (hub.py).
"""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from annkit.address import Repository, notebook
from annkit.exercises import course
from annkit.grading.classroom import make_classroom
from annkit.publish import solve, sources
from annkit.publish.notebooks import read_notebook, to_bytes
from tests.browser.hub import PASSWORD, ROOT, Hub, jupyterhub
from tests.browser.lab import PATIENCE, Lab
from tests.sampling import LONG
from tools.beside import install

pytestmark = [
    *LONG,
    pytest.mark.browser,
    pytest.mark.skipif(
        os.getuid() != 0 or shutil.which("bwrap") is None,
        reason="accounts of its own take root and bubblewrap",
    ),
]

CHAPTER = "ch00_welcome"
WRONG = "def one_hot(labels, n_classes):\n    return np.eye(n_classes)[labels]"
NAME = Path(CHAPTER) / f"{CHAPTER}.ipynb"
SETTINGS = """
c = get_config()
c.Exchange.root = "{exchange}"
c.CourseDirectory.course_id = "autumn"
"""


@pytest.fixture(scope="module")
def hub() -> Iterator[Hub]:
    """A hub on which the teacher has a course directory."""
    install("platforms")
    # The tests' own folders may be entered by nobody else.
    place = Path(tempfile.mkdtemp(prefix="annkit-hub-"))
    place.chmod(0o755)
    try:
        with jupyterhub(place, ["teacher", "ada", "ben"], SETTINGS) as hub:
            home = hub.homes / "teacher"
            roster = [{"id": student} for student in ("ada", "ben")]
            make_classroom(home / "autumn", sources(course(), [CHAPTER]), roster)
            (home / ".jupyter").mkdir()
            (home / ".jupyter" / "nbgrader_config.py").write_text(
                f"c = get_config()\nc.CourseDirectory.root = '{home / 'autumn'}'\n"
            )
            hub.own(home, "teacher")
            yield hub
    finally:
        shutil.rmtree(place)


@pytest.fixture(scope="module")
def pages(browser: Browser, hub: Hub) -> Iterator[dict[str, Page]]:
    """Everybody's own browser, signed in, with their server started."""
    opened = {}
    for person in ("teacher", "ada", "ben"):
        page = browser.new_context(viewport={"width": 1280, "height": 1000}).new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{hub.address}/hub/login")
        page.fill("input[name=username]", person)
        page.fill("input[name=password]", PASSWORD)
        page.click("#login_submit")
        page.wait_for_url(f"**/user/{person}/lab**")
        opened[person] = page
    yield opened
    for page in opened.values():
        page.context.close()


def test_from_release_to_feedback(hub: Hub, pages: dict[str, Page]) -> None:
    autumn = hub.homes / "teacher" / "autumn"
    formgrader(pages["teacher"], hub)
    pages["teacher"].click("td.release a")
    dismiss(pages["teacher"], "Successfully released")

    for student in ("ada", "ben"):
        listed = assignments(pages[student], hub, student)
        listed.locator("#released_assignments_list button", has_text="Fetch").click()
        listed.locator("#fetched_assignments_list button", has_text="Submit").wait_for()
    notebook = hub.homes / "ada" / NAME
    notebook.write_bytes(to_bytes(solve(read_notebook(notebook))))
    ben = Lab(pages["ben"], f"{hub.address}/user/ben/lab?")
    ben.open(NAME.as_posix())
    ben.type("one_hot", WRONG)
    ben.save()
    for student in ("ada", "ben"):
        listed = assignments(pages[student], hub, student)
        listed.locator("#fetched_assignments_list button", has_text="Submit").click()
        listed.locator("#submitted_assignments_list", has_text=CHAPTER).wait_for()

    formgrader(pages["teacher"], hub)
    pages["teacher"].click("td.collect a")
    dismiss(pages["teacher"], "Successfully collected")
    said = json.loads(hub.run("teacher", autumn, "annkit", "grade", ".", "--json"))
    marks = {one["student"]: one for one in said[0]["submissions"]}
    assert set(marks) == {"ada", "ben"}
    assert marks["ada"]["points"] == marks["ada"]["max_points"] - 2  # words wait for a person
    assert {mark["id"]: mark["mistake"] for mark in marks["ben"]["marks"]}["one_hot"]

    hub.run("teacher", autumn, "nbgrader", "generate_feedback", CHAPTER)
    hub.run("teacher", autumn, "nbgrader", "release_feedback", CHAPTER)
    for student in ("ada", "ben"):
        listed = assignments(pages[student], hub, student)
        listed.locator("#submitted_assignments_list button", has_text="Fetch Feedback").click()
        listed.locator("#submitted_assignments_list a", has_text="feedback").first.wait_for()
        (feedback,) = (hub.homes / student / CHAPTER).rglob("*.html")
        shown = feedback.relative_to(hub.homes / student).as_posix()
        pages[student].goto(f"{hub.address}/user/{student}/files/{shown}")
        said = pages[student].locator("body").inner_text()
        assert ("Likely mistake:" in said) is (student == "ben")


def test_a_link_pulls_the_course_and_opens_a_chapter(hub: Hub, pages: dict[str, Page]) -> None:
    repository = hub.place / "course"
    (repository / "notebooks" / CHAPTER).mkdir(parents=True)
    shutil.copy(ROOT / "notebooks" / NAME, repository / "notebooks" / NAME)
    git = ["git", "-C", str(repository), "-c", "user.name=a", "-c", "user.email=a@b"]
    for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "first"]):
        subprocess.run([*git, *words], check=True)
    hub.own(repository, "ada")  # git reads no repository of another person's
    link = Repository(str(repository)).pull(hub.address, notebook(CHAPTER))
    pages["ada"].goto(link)
    pages["ada"].wait_for_url(f"**/user/ada/lab/tree/course/notebooks/{NAME}**")
    assert (hub.homes / "ada" / "course" / "notebooks" / NAME).is_file()


def formgrader(page: Page, hub: Hub) -> None:
    """Open the teacher's list of assignments, which no frame can show."""
    page.goto(f"{hub.address}/user/teacher/formgrader")
    page.locator("td.name", has_text=CHAPTER).wait_for()
    head = page.request.get(page.url).headers["content-security-policy"]
    assert "frame-ancestors 'none'" in head


def dismiss(page: Page, words: str) -> None:
    """Read what formgrader says, and close it."""
    page.locator(".modal-body", has_text=words).wait_for()
    page.locator(".modal-footer button").first.click()


def assignments(page: Page, hub: Hub, student: str) -> Page:
    """Open a student's list of assignments."""
    page.goto(f"{hub.address}/user/{student}/lab?reset")
    page.locator(".lm-MenuBar-item", has_text="Nbgrader").click()
    page.locator(".lm-Menu-item", has_text="Assignment List").click()
    return page
