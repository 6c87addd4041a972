"""What a subscriber can do to others with what is his own: nothing."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from digest import links, subscriptions, tokens
from digest.store import database, subscribers, suppressions
from digest.store.subscribers import Subscriber
from digest.works import Works
from tests.mailboxes import link, mails
from tests.web.conftest import rows
from tests.works import NOW, subscribe

MALLORY = "mallory@home.example"
VICTIM = "victim@home.example"


def person_of(works: Works, email: str) -> Subscriber:
    with database.reading(works.engine) as store:
        row = subscribers.by_email(store, email)
        assert row is not None
        return subscribers.get(store, row)


@pytest.fixture
def mallory(office: Works) -> str:
    """Subscribe, and return the path of the link to the preferences."""
    subscribe(office.engine, MALLORY, "paper", "issue", NOW)
    person = person_of(office, MALLORY)
    url = links.preferences_url(office, office.settings.publications[0], person.public_id, person.token_version)
    return url.removeprefix("https://service.example")


def own_data(visitor: TestClient, office: Works, path: str) -> str:
    visitor.post(f"{path}/data")
    return link(mails(office, MALLORY)[-1], "data")


def test_who_names_anothers_mailbox_is_not_told_what_it_gets(visitor: TestClient, office: Works, mallory: str) -> None:
    visitor.post("/subscribe", data={"email": VICTIM})
    visitor.post(f"{mallory}/address", data={"email": VICTIM})
    confirm, move = link(mails(office, VICTIM)[0], "confirm"), link(mails(office, VICTIM)[1], "move")
    told = visitor.post(own_data(visitor, office, mallory), data={"action": "download"}).text
    for path in (confirm, move):
        assert path.rpartition("/")[2] not in told


def test_who_is_erased_takes_no_mail_of_others_along(visitor: TestClient, office: Works, mallory: str) -> None:
    own = own_data(visitor, office, mallory)
    visitor.post("/subscribe", data={"email": VICTIM})
    visitor.post(f"{mallory}/address", data={"email": VICTIM})
    public_id = person_of(office, MALLORY).public_id
    visitor.post(own, data={"action": "erase", "sure": "yes"})
    assert [str(mail["Subject"]) for mail in mails(office, VICTIM)] == ["请确认订阅《南浔渡口报》简报"]
    assert MALLORY not in str(rows(office))
    assert public_id not in str(rows(office))


def test_erasing_is_done_once_however_often_it_is_asked_for(office: Works, mallory: str) -> None:
    person = person_of(office, MALLORY)
    for _ in range(2):
        subscriptions.erase(office, person, NOW)
    assert rows(office)["subscriber"] == []


@pytest.mark.parametrize("reason", ["complaint", "manual", "hard"])
def test_a_mailbox_that_wants_no_mail_cannot_be_moved_to(
    visitor: TestClient, office: Works, mallory: str, reason: suppressions.Reason
) -> None:
    visitor.post(f"{mallory}/address", data={"email": VICTIM})
    move = link(mails(office, VICTIM)[0], "move")
    with database.writing(office.engine) as store:
        suppressions.suppress(store, tokens.address_hash(office.key, VICTIM), reason, NOW)
    before = rows(office)
    assert visitor.post(move).status_code == 404
    assert rows(office) == before


def test_a_mailbox_whose_owner_was_erased_may_be_moved_to_and_then_gets_letters(
    visitor: TestClient, office: Works, mallory: str
) -> None:
    with database.writing(office.engine) as store:
        suppressions.suppress(store, tokens.address_hash(office.key, VICTIM), "erased", NOW)
    visitor.post(f"{mallory}/address", data={"email": VICTIM})
    assert visitor.post(link(mails(office, VICTIM)[0], "move")).status_code == 200
    assert rows(office)["suppression"] == []
    assert person_of(office, VICTIM).state == "active"


def test_a_token_is_good_at_its_own_place_only(visitor: TestClient, office: Works, mallory: str) -> None:
    """Every genuine token of one person, at every other place, cut at every length and with every end changed."""
    visitor.post(f"{mallory}/address", data={"email": VICTIM})
    person = person_of(office, MALLORY)
    genuine = {
        "preferences": mallory,
        "move": link(mails(office, VICTIM)[0], "move"),
        "data": own_data(visitor, office, mallory),
        "unsubscribe/paper": links.unsubscribe_url(office, "paper", person.public_id, 1).partition("example")[2],
    }
    before = rows(office)
    for place in (*genuine, "confirm"):
        for own, path in genuine.items():
            token = path.rpartition("/")[2]
            false = [token] if own != place else []
            false += [token[:-1], f"{token}.", f".{token}", f"{token}=", token.replace(".", "..", 1), f"{token}%0a"]
            for each in false:
                answer = visitor.post(f"/{place}/{each}", data={"action": "erase", "sure": "yes", "cadence": "weekly"})
                assert answer.status_code == 404, (place, own, each)
    assert rows(office) == before


def test_an_end_that_was_moved_is_no_end(visitor: TestClient, office: Works, mallory: str) -> None:
    owner, seconds, mac = own_data(visitor, office, mallory).rpartition("/")[2].split(".")
    for other in (f"{int(seconds) + 1}", "9" * 400, "-1", "", "１", seconds + "0"):
        assert visitor.post(f"/data/{owner}.{other}.{mac}", data={"action": "download"}).status_code == 404
    assert int(seconds) > (NOW + timedelta(hours=71)).timestamp()
