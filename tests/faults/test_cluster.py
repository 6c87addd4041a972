"""Whatever of a cluster is killed, and whenever: nothing is lost, nothing done twice, and what fails is kept with its error."""

import time

import pytest

from tests.faults.clustered import ALWAYS, CONNECTIONS, ONCE, PAPERS, Clustered, clustered

SEED = 11


def under_load(office: Clustered, files: int, failing: int, *, blows: int, cuts: int) -> None:
    """Drop files, some of which fail, while processes are killed, and the database is stopped."""
    marks = [ALWAYS] * failing + [ONCE] * failing + [""] * (files - 2 * failing)
    office.chance.shuffle(marks)
    harms = ["worker"] * blows + ["service"] * (blows // 2) + ["power"] * cuts
    office.chance.shuffle(harms)
    each = files // len(harms) + 1
    for n, mark in enumerate(marks):
        office.drop(n, mark)
        if n % each == each - 1:
            time.sleep(office.chance.uniform(0.5, 2.5))
            strike(office, harms.pop())
    while harms:
        time.sleep(office.chance.uniform(0.5, 2.5))
        strike(office, harms.pop())


def strike(office: Clustered, harm: str) -> None:
    if harm == "power":
        office.cut_power()
    else:
        office.kill(office.workers if harm == "worker" else office.services)


def test_a_cluster_goes_on_whatever_is_killed() -> None:
    with clustered(SEED) as office:
        under_load(office, 16, 2, blows=2, cuts=1)
        office.until_done()
        assert office.judged() == []


def test_a_letter_goes_once_whichever_mailer_is_killed() -> None:
    """Uncertain is only what was on its way to the mail server, not all that a mailer had claimed."""
    with clustered(SEED, subscribers=120) as office:
        for n in range(len(PAPERS)):
            office.drop(n)
        for harm in ("worker", "worker", "power", "worker"):
            sent = len(office.mail.taken)
            office.until(lambda before=sent: len(office.mail.taken) > before + 8)
            strike(office, harm)
        office.until_done()
        taken = {message for _, message in office.mail.taken}
        doubted = {row[0] for row in office.rows("SELECT message_id FROM delivery WHERE state = 'uncertain'")}
        assert len(doubted - taken) <= 5 * CONNECTIONS
        assert office.judged() == []


@pytest.mark.full
def test_a_cluster_goes_on_whatever_is_killed_under_load() -> None:
    with clustered(SEED) as office:
        under_load(office, 150, 6, blows=10, cuts=3)
        office.until_done(600)
        assert office.judged() == []


def test_that_a_source_is_settled_twice_is_caught() -> None:
    with clustered(SEED, "no_look_at_the_state") as office:
        for n in range(4):
            office.drop(n)
        office.until_settled(4)
        assert any("rev = 1" in fault for fault in office.judged())


def test_that_a_lost_job_is_not_found_again_is_caught() -> None:
    with clustered(SEED, "no_sweep") as office:
        for n in range(len(PAPERS) * 4):
            office.drop(n, ONCE if n % 4 < 2 else "")
        office.until_settled(len(PAPERS) * 2)
        assert any("a source waits" in fault for fault in office.judged())
