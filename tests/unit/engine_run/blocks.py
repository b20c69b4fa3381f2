"""Random processes out of blocks, and a second, independent interpreter that says which tasks ought to be open.

Every choice reads the fact `dice`, which the test throws anew at each step.
"""

from dataclasses import dataclass

from hypothesis import strategies as st

DICE = 6
TICK = "tick"  # a week goes by: every waiting timer is due exactly once
WAYS = ("dice == 0", "dice == 1 or dice == 4")  # for two conditional branches; the third is the default


@dataclass(frozen=True)
class Block:
    kind: str
    parts: tuple["Block", ...] = ()


USER = Block("user")
LEAVES = st.sampled_from([USER, USER, Block("many"), Block("row"), Block("call")])


def _grow(parts):
    two = st.tuples(parts, parts)
    return st.one_of(
        two.map(lambda p: Block("seq", p)),
        two.map(lambda p: Block("and", p)),
        st.tuples(parts, parts, parts).map(lambda p: Block("or", p)),
        st.tuples(parts, parts, parts).map(lambda p: Block("xor", p)),
        parts.map(lambda p: Block("double", (p,))),
        parts.map(lambda p: Block("double&", (p,))),
        parts.map(lambda p: Block("twin", (p,))),
        parts.map(lambda p: Block("loop", (p,))),
        parts.map(lambda p: Block("sub", (p,))),
        parts.map(lambda p: Block("manysub", (p,))),
        two.map(lambda p: Block("guard", p)),
        two.map(lambda p: Block("guard!", p)),
        two.map(lambda p: Block("race", p)),
        parts.map(lambda p: Block("post", (p,))),
        two.map(lambda p: Block("tick", p)),
        two.map(lambda p: Block("tick!", p)),
        parts.map(lambda p: Block("stop", (p,))),
        two.map(lambda p: Block("fail", p)),
    )


PROCESSES = st.recursive(LEAVES, _grow, max_leaves=9)


class Sketch:
    """Draws a block: lines for `drawn.Drawing`. Ids tell the place of the block."""

    def __init__(self, block):
        lines = ["start s", "end e"]
        first, last = self.draw(block, lines, "0")
        self.text = "\n".join([*lines, f"s > {first}", f"{last} > e"])

    def draw(self, block, out, at):
        """The first and the last node of the block."""
        return getattr(self, "_" + block.kind.rstrip("!&"))(block, out, at)

    def _user(self, _block, out, at):
        out.append(f"user u{at}")
        return f"u{at}", f"u{at}"

    def _call(self, _block, out, at):
        out.append(f"call u{at}")
        return f"u{at}", f"u{at}"

    def _many(self, _block, out, at):
        out.append(f"user u{at} * 3")
        return f"u{at}", f"u{at}"

    def _row(self, _block, out, at):
        out.append(f"user u{at} *1 2")
        return f"u{at}", f"u{at}"

    def _seq(self, block, out, at):
        ends = [self.draw(part, out, f"{at}_{n}") for n, part in enumerate(block.parts)]
        out.append(f"{ends[0][1]} > {ends[1][0]}")
        return ends[0][0], ends[1][1]

    def _split(self, block, out, at, kind, conditions):
        out += [f"{kind} g{at}", f"{kind} j{at}"]
        for n, part in enumerate(block.parts):
            first, last = self.draw(part, out, f"{at}_{n}")
            out += [f"g{at} > {first}{conditions[n]}", f"{last} > j{at}"]
        return f"g{at}", f"j{at}"

    def _and(self, block, out, at):
        return self._split(block, out, at, "and", ("", ""))

    def _or(self, block, out, at):
        return self._split(block, out, at, "or", (" if dice < 3", " if dice > 1", " else"))

    def _double(self, block, out, at):
        """Two arrows straight from the split to the join, beside a branch; as tokens they are nothing to wait for."""
        out += [f"and g{at}", f"{'and' if block.kind.endswith('&') else 'or'} j{at}"]
        first, last = self.draw(block.parts[0], out, f"{at}_0")
        out += [f"g{at} > j{at}", f"g{at} > {first}", f"{last} > j{at}", f"g{at} > j{at}"]
        return f"g{at}", f"j{at}"

    def _twin(self, block, out, at):
        """Two arrows to the join of which none, one or both are taken, beside a branch for when neither is."""
        out += [f"or g{at}", f"or j{at}"]
        first, last = self.draw(block.parts[0], out, f"{at}_0")
        out += [f"g{at} > j{at} if dice < 3", f"g{at} > j{at} if dice > 1 and dice < 5"]
        out += [f"g{at} > {first} else", f"{last} > j{at}"]
        return f"g{at}", f"j{at}"

    def _xor(self, block, out, at):
        return self._split(block, out, at, "xor", (*(f" if {way}" for way in WAYS), " else"))

    def _loop(self, block, out, at):
        out += [f"xor g{at}", f"user u{at}", f"xor j{at}", f"task v{at}"]
        first, last = self.draw(block.parts[0], out, f"{at}_0")
        out += [f"g{at} > u{at} > {first}", f"{last} > j{at}", f"j{at} > g{at} if dice < 2", f"j{at} > v{at} else"]
        return f"g{at}", f"v{at}"

    def _sub(self, block, out, at, many=""):
        out.append(f"sub q{at} {many}{{")
        out.append(f"start s{at}")
        first, last = self.draw(block.parts[0], out, f"{at}_0")
        out += [f"end e{at}", f"s{at} > {first}", f"{last} > e{at}", "}"]
        return f"q{at}", f"q{at}"

    def _manysub(self, block, out, at):
        return self._sub(block, out, at, many="* 2 ")

    def _guard(self, block, out, at):
        interrupts = block.kind.endswith("!")
        self._sub(block, out, at)
        timer = "timeDuration P7D" if interrupts else "timeCycle R/P7D"
        event = timer if block.kind.startswith("tick") else f"message m{at}"
        out.append(f"boundary{'!' if interrupts else ''} b{at} q{at} {event}")
        first, last = self.draw(block.parts[1], out, f"{at}_1")
        # one that interrupts goes on where the activity would have; the other has an end of its own
        out += [f"xor j{at}", f"end x{at}", f"q{at} > j{at}", f"b{at} > {first}"]
        out.append(f"{last} > {'j' if interrupts else 'x'}{at}")
        return f"q{at}", f"j{at}"

    _tick = _guard

    def _stop(self, block, out, at):
        """A subprocess in which one task stops all."""
        out += [f"sub q{at} {{", f"start s{at}", f"and g{at}", f"user u{at}", f"terminate t{at}", f"end e{at}"]
        first, last = self.draw(block.parts[0], out, f"{at}_0")
        out += [f"s{at} > g{at}", f"g{at} > {first}", f"{last} > e{at}", f"g{at} > u{at} > t{at}", "}"]
        return f"q{at}", f"q{at}"

    def _fail(self, block, out, at):
        """A subprocess in which one task ends in an error, and what comes of it."""
        out += [f"sub q{at} {{", f"start s{at}", f"and g{at}", f"user u{at}", f"fail t{at} c{at}", f"end e{at}"]
        first, last = self.draw(block.parts[0], out, f"{at}_0")
        out += [f"s{at} > g{at}", f"g{at} > {first}", f"{last} > e{at}", f"g{at} > u{at} > t{at}", "}"]
        first, last = self.draw(block.parts[1], out, f"{at}_1")
        out += [f"boundary! b{at} q{at} error c{at}", f"xor j{at}"]
        out += [f"q{at} > j{at}", f"b{at} > {first}", f"{last} > j{at}"]
        return f"q{at}", f"j{at}"

    def _race(self, block, out, at):
        out += [f"race g{at}", f"xor j{at}"]
        for n, part in enumerate(block.parts):
            first, last = self.draw(part, out, f"{at}_{n}")
            out += [f"catch c{at}_{n} message m{at}_{n}", f"g{at} > c{at}_{n} > {first}", f"{last} > j{at}"]
        return f"g{at}", f"j{at}"

    def _post(self, block, out, at):
        """One branch sends a message that is kept, the other reads it once it comes there."""
        out += [f"and g{at}", f"and j{at}", f"user u{at}", f"throw! t{at} message m{at}", f"catch c{at} message m{at}"]
        first, last = self.draw(block.parts[0], out, f"{at}_0")
        out += [f"g{at} > u{at} > t{at} > j{at}", f"g{at} > {first}", f"{last} > c{at} > j{at}"]
        return f"g{at}", f"j{at}"


class Region:
    def __init__(self, then):
        self.flows, self.then, self.around = 0, then, ()

    def flow(self):
        """One more flow; what it gives is to be called when that flow ends."""
        self.flows += 1
        return self.one_ended

    def one_ended(self):
        self.flows -= 1
        if self.flows == 0:
            self.then()


class Oracle:
    """Says which tasks are open, by passing the rest of the work along: no tokens, no tree, no joins."""

    def __init__(self, block):
        self.tasks, self.ears, self.dice = [], [], 0
        self.kept = {}  # of each region, in the order in which they began: the messages that wait for a reader
        self.region(block, "0", lambda: None, ())

    def open(self):
        return sorted(element for element, _, _ in self.tasks)

    def messages(self):
        return sorted({name for name, _, _ in self.ears})

    def finished(self):
        return not self.tasks and not self.ears

    def complete(self, element):
        entry = next(task for task in self.tasks if task[0] == element)
        self.tasks.remove(entry)
        entry[1]()
        self.hand_over()

    def send(self, name):
        self.tell(name)
        self.hand_over()

    def hand_over(self):
        """At rest: whoever waits for a kept message gets it."""
        while found := self.next_kept():
            region, name = found
            self.kept[region].remove(name)
            self.tell(name, region)

    def next_kept(self):
        waiting = {(name, scope) for name, _, scopes in self.ears for scope in scopes}
        return next(
            ((region, name) for region in self.kept for name in self.kept[region] if (name, region) in waiting), None
        )

    def tell(self, name, within=None):
        for ear in [ear for ear in self.ears if ear[0] == name and (within is None or within in ear[2])]:
            if ear in self.ears:
                ear[1]()

    def end(self, scope):
        self.tasks = [task for task in self.tasks if scope not in task[2]]
        self.ears = [ear for ear in self.ears if scope not in ear[2]]
        self.kept = {region: names for region, names in self.kept.items() if scope not in region.around}

    def run(self, block, at, then, scopes):
        getattr(self, "_" + block.kind.rstrip("!&"))(block, at, then, scopes)

    def region(self, block, at, then, scopes):
        """A subprocess or the whole: it ends when its last flow ends. The region is the last of the scopes."""
        region = self.begun(then, scopes)
        self.run(block, at, region.flow(), (*scopes, region))

    def begun(self, then, scopes):
        """A region, whose kept messages go when it ends."""

        def ended():
            self.kept.pop(region, None)
            then()

        region = Region(ended)
        region.around = scopes
        self.kept[region] = []
        return region

    def wait(self, element, then, scopes):
        self.tasks.append((element, then, scopes))

    def all_of(self, jobs, then):
        left = [len(jobs)]

        def one():
            left[0] -= 1
            if left[0] == 0:
                then()

        for job in jobs:
            job(one)

    def _user(self, _block, at, then, scopes):
        self.wait(f"u{at}", then, scopes)

    _call = _user

    def _many(self, _block, at, then, scopes):
        self.all_of([lambda one: self.wait(f"u{at}", one, scopes)] * 3, then)

    def _row(self, _block, at, then, scopes):
        self.wait(f"u{at}", lambda: self.wait(f"u{at}", then, scopes), scopes)

    def _seq(self, block, at, then, scopes):
        one, two = block.parts
        self.run(one, f"{at}_0", lambda: self.run(two, f"{at}_1", then, scopes), scopes)

    def _some(self, block, numbers, at, then, scopes):
        jobs = [lambda one, n=n: self.run(block.parts[n], f"{at}_{n}", one, scopes) for n in numbers]
        self.all_of(jobs, then)

    def _and(self, block, at, then, scopes):
        self._some(block, [0, 1], at, then, scopes)

    def _or(self, block, at, then, scopes):
        self._some(block, [n for n, way in enumerate((self.dice < 3, self.dice > 1)) if way] or [2], at, then, scopes)

    def _double(self, block, at, then, scopes):
        self._some(block, [0], at, then, scopes)

    def _twin(self, block, at, then, scopes):
        if self.dice < 5:  # by one of the arrows or by both
            then()
        else:
            self._some(block, [0], at, then, scopes)

    def _xor(self, block, at, then, scopes):
        way = 0 if self.dice == 0 else 1 if self.dice in (1, 4) else 2
        self._some(block, [way], at, then, scopes)

    def _loop(self, block, at, then, scopes):
        def again():
            self.wait(f"u{at}", lambda: self.run(block.parts[0], f"{at}_0", decide, scopes), scopes)

        def decide():
            if self.dice < 2:
                again()
            else:
                self.wait(f"v{at}", then, scopes)

        again()

    def _sub(self, block, at, then, scopes):
        self.region(block.parts[0], f"{at}_0", then, scopes)

    def _manysub(self, block, at, then, scopes):
        self.all_of([lambda one: self.region(block.parts[0], f"{at}_0", one, scopes)] * 2, then)

    def _guard(self, block, at, then, scopes):
        inside, ear = object(), object()
        around = next(scope for scope in reversed(scopes) if isinstance(scope, Region))

        def ended():
            self.end(ear)
            then()

        def heard():
            if block.kind.endswith("!"):
                self.end(inside)
                self.end(ear)
                self.run(block.parts[1], f"{at}_1", then, scopes)
            else:
                self.run(block.parts[1], f"{at}_1", around.flow(), scopes)

        name = TICK if block.kind.startswith("tick") else f"m{at}"
        self.ears.append((name, heard, (*scopes, ear)))
        self.region(block.parts[0], f"{at}_0", ended, (*scopes, inside))

    _tick = _guard

    def _stop(self, block, at, then, scopes):
        inside = object()

        def stopped():
            self.end(inside)
            then()

        region = self.begun(then, (*scopes, inside))
        ended = region.flow()
        region.flow()  # counted first: the other branch may end at once
        self.run(block.parts[0], f"{at}_0", ended, (*scopes, inside, region))
        self.wait(f"u{at}", stopped, (*scopes, inside, region))

    def _fail(self, block, at, then, scopes):
        inside = object()

        def failed():
            self.end(inside)
            self.run(block.parts[1], f"{at}_1", then, scopes)

        region = self.begun(then, (*scopes, inside))
        ended = region.flow()
        region.flow()  # counted first: the other branch may end at once
        self.run(block.parts[0], f"{at}_0", ended, (*scopes, inside, region))
        self.wait(f"u{at}", failed, (*scopes, inside, region))

    def _race(self, block, at, then, scopes):
        race = object()
        for n, part in enumerate(block.parts):

            def heard(n=n, part=part):
                self.end(race)
                self.run(part, f"{at}_{n}", then, scopes)

            self.ears.append((f"m{at}_{n}", heard, (*scopes, race)))

    def _post(self, block, at, then, scopes):
        name, region = f"m{at}", next(scope for scope in reversed(scopes) if isinstance(scope, Region))

        def thrown(one):
            if any(ear[0] == name for ear in self.ears):
                self.tell(name)
            elif name not in self.kept[region]:
                self.kept[region].append(name)
            one()

        def read(one):
            ear = object()

            def heard():
                self.end(ear)
                one()

            self.run(block.parts[0], f"{at}_0", lambda: self.ears.append((name, heard, (*scopes, ear))), scopes)

        self.all_of([lambda one: self.wait(f"u{at}", lambda: thrown(one), scopes), read], then)
