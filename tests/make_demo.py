"""Makes data/demo.events anew: the demo estate's history 2019 to 2022, typed through the real command line day by day.

    python tests/make_demo.py

Facts of the estate are those published; 赵卫平 and 张济 hold their offices and nothing else. All other names, payments
and words are invented. The journal's salts are random, so two runs differ in bytes and in nothing that is shown.
"""

import os
import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.demo import affairs, early, shed, votes
from tests.demo.script import DATA, play, roll, say


def main() -> None:
    doors, chance = roll(), random.Random(2019)
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(ZAOYUAN_HOME=folder, ZAOYUAN_BOOK=f"{folder}/demo.db")
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
        early.begin(doors)
        early.road(doors, chance)
        early.committee()
        early.public_money()
        early.texts()
        early.wall(doors, chance)
        early.gate(doors, chance)
        shed.grids_and_leaders(doors)
        shed.tenants_and_vehicles()
        shed.shed(doors, chance)
        shed.running_costs()
        early.periods()
        votes.renovation(doors)
        votes.gate()
        votes.manager()
        votes.steps()
        affairs.meetings()
        affairs.opinions()
        affairs.letters()
        affairs.deliberation()
        affairs.notices()
        say("2022-05-30", f"export events -o {DATA / 'demo.events'}", hour="23:00")
        play()


if __name__ == "__main__":
    main()
