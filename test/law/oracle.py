"""
待遇结算的独立核算：按《契约》与公布的政策 JSON 逐案计算，不看结算程序的任何一行。
An independent oracle of `settle`: the same cases, the same published policy, another language and another author.

    python3 test/law/oracle.py POLICY.json [POLICY.json …] < cases.jsonl > results.jsonl

One line per case, with the keys of the contract's result but without the trace; a case that must fail gives
{"id", "error": {"code"}}. Amounts are whole fen (int) or exact fractions, never floats. The statutory order is
`one_claim`, to be read from top to bottom: 剖宫产定额 → 基本医保 → 职工大额 → 大病 → 特药 → 其他层 → 救助 → 再救助 → 兜底.
"""

import json
import sys
from fractions import Fraction

sys.dont_write_bytecode = True  # a clone stays as it was cloned
from contract import NUMBER, Refused, half_up, read_case

LAYERS = "pooled largeExpense criticalIllness specialDrug medicalAid furtherAid guarantee fixedBenefit".split()


# ---------------------------------------------------------------- 政策 the policy: the first case that holds answers


def age(born, on):
    return int(on[:4]) - int(born[:4]) - (on[5:] < born[5:])


def place(home, county):
    shared = [(6, "in-county"), (4, "in-city"), (2, "in-province")]
    return next((name for length, name in shared if home[:length] == county[:length]), "out-of-province")


def holds(when, facts):
    """适用条件：all must hold. A key this oracle does not know is a fault, not something to skip."""
    tests = {
        "ageUnder": lambda years: facts["age"] < years,
        "ageFrom": lambda years: facts["age"] >= years,
        "stayFrom": lambda nth: facts["stay"] >= nth,
        "disease": lambda ranges: any(low <= facts["disease"] <= high for low, high in ranges),
    }
    for key, wanted in when.items():
        test = tests.get(key, lambda value: facts[key] in value if isinstance(value, list) else facts[key] == value)
        if not test(wanted):
            return False
    return True


def in_force(policy, name, facts, on):
    """现行规定：the entry of the first case that holds, in force on the day; silence is refused, never zero."""
    for case in policy["parameters"].get(name, []):
        if holds(case["when"], facts):
            begun = [entry for entry in case["entries"] if entry["from"] <= on]
            if begun:
                return begun[-1]
            break
    raise Refused("no-rule-in-force")


def listed(identity, on, timing):
    """身份是否有效：shifted to the following month where the area says so; 因病致贫's days are its period itself."""
    start, stop = identity["from"], identity["until"]
    if identity["kind"] == "illness-impoverished":
        return start <= on and (stop is None or on <= stop)
    if timing == "following-month":
        return start[:7] < on[:7] and (stop is None or on[:7] <= stop[:7])
    return start <= on and (stop is None or on < stop)


def candidates(policy, case, on):
    """可享身份：those in force that the area has a rule for, in the order listed; [None] where there is none."""
    timing = in_force(policy, "identityTiming", {}, on)["value"]
    ruled = {
        kind
        for name, cases in policy["parameters"].items() if name.startswith(f"benefits.{case['scheme']}.")
        for one in cases for kind in one["when"].get("identity", [])
    }
    kinds = [one["kind"] for one in case["person"]["identities"] if one["kind"] in ruled and listed(one, on, timing)]
    others = [kind for kind in kinds if kind != "illness-impoverished"]
    return others or kinds or [None]


# ---------------------------------------------------------------- 计算 the arithmetic


def fen_of(value):
    return int(Fraction(value) * 100)


def marginal(base, threshold, tiers, bonus=Fraction(0)):
    """分段累进：what `base` earns above the threshold, each part at the share of the tier it lies in."""
    total = Fraction(0)
    for tier, following in zip(tiers, tiers[1:] + [None]):
        low = max(fen_of(tier["from"]), threshold)
        high = base if following is None else min(base, fen_of(following["from"]))
        total += max(0, high - low) * max(Fraction(0), min(Fraction(1), Fraction(tier["share"]) + bonus))
    return half_up(total)


class Sitting:
    """一次结算：one claim under one identity. Looks rules up and remembers whether an assumed one decided."""

    def __init__(self, policy, case, claim, year, identity):
        home = case["person"]["homeCounty"] or case["poolingArea"]
        self.policy, self.scheme, self.on, self.assumed = policy, case["scheme"], claim["dischargedOn"], False
        self.facts = {
            "careType": claim["careType"], "level": claim["provider"]["level"],
            "reformed": claim["provider"]["reformed"], "place": place(home, claim["provider"]["county"]),
            "filing": claim["filing"], "transferred": claim["transferFrom"] is not None,
            "age": age(case["person"]["bornOn"], claim["admittedOn"]), "retired": case["person"]["retired"],
            "familyDoctor": case["person"]["familyDoctor"], "identity": identity,
            "stay": year.get("stays", 0) + 1, "disease": (claim["diseases"] or [""])[0][:3],
        }

    def rule(self, name):
        return in_force(self.policy, f"benefits.{self.scheme}.{name}", self.facts, self.on)

    def decided(self, rule, condition):
        self.assumed = self.assumed or (condition and rule["standing"] == "assumed")

    def within(self, limit, wanted, paid):
        """限额：`wanted`, but no more than what the year has left."""
        if limit["value"] == "no limit":
            return wanted
        left = max(0, fen_of(limit["value"]) - paid)
        self.decided(limit, wanted > left)
        return min(wanted, left)

    def basic(self, kind, in_scope, ceiling, paid):
        """基本医保：the deductible paid, what the fund pays, and what the year's ceiling cut off."""
        deductible, tiers, bonus = (self.rule(f"{kind}.{name}") for name in ("deductible", "tiers", "bonus"))
        if tiers["value"] == "not covered":
            return 0, 0, 0
        due = fen_of(deductible["value"])
        self.decided(deductible, min(in_scope, due) > 0)
        self.decided(tiers, in_scope > due)
        self.decided(bonus, in_scope > due and Fraction(bonus["value"]) != 0)
        wanted = marginal(in_scope, due, tiers["value"], Fraction(bonus["value"]))
        pooled = self.within(self.rule(ceiling), wanted, paid)
        return min(in_scope, due), pooled, wanted - pooled

    def large_expense(self, cut_off, paid):
        """职工大额：what the ceiling cut off, within its own yearly limit; its rule decides whenever it pays."""
        limit = self.rule("largeExpense")
        if limit["value"] == "not covered":
            return 0
        self.decided(limit, cut_off > 0)
        return self.within(limit, cut_off, paid)

    def yearly(self, layer, before, added, paid):
        """年度累计的一层：fen(F(after)) − fen(F(before)), the limit outside F, by what was really paid."""
        tiers = self.rule(f"{layer}.tiers")
        if tiers["value"] == "not covered":
            return 0
        threshold, limit = self.rule(f"{layer}.threshold"), self.rule(f"{layer}.limit")
        after, floor = before + added, fen_of(threshold["value"])
        self.decided(threshold, before < min(after, floor))
        self.decided(tiers, after > max(before, floor))
        earned = marginal(after, floor, tiers["value"]) - marginal(before, floor, tiers["value"])
        return self.within(limit, earned, paid)


def one_claim(policy, case, claim, year, identity):
    """一笔费用：every layer in the statutory order, for one identity. Gives the answer and the year after it."""
    at = Sitting(policy, case, claim, year, identity)
    care, given, scope, after = claim["careType"], claim["settledElsewhere"], dict(claim["fees"]), dict(year)
    paid = dict.fromkeys(["deductiblePaid", *LAYERS], 0)
    prefix = f"benefits.{case['scheme']}.otherLayers."
    others = dict.fromkeys((name[len(prefix) :].split(".")[0] for name in policy["parameters"] if name.startswith(prefix)), 0)

    def add(counter, amount):
        after[counter] = year.get(counter, 0) + amount

    def spent(counter):
        return year.get(counter, 0)

    # 别处已结算的，先行自付也已在别处扣过
    moved = 0 if given else half_up(scope["inScope"] * Fraction(at.rule("remoteUpfront")["value"]))
    scope["upfront"], scope["inScope"] = scope["upfront"] + moved, scope["inScope"] - moved
    add("stays", care == "inpatient")

    caesarean = at.rule("caesarean") if care == "caesarean" else {"value": "not covered"}
    if caesarean["value"] != "not covered":
        paid["fixedBenefit"] = min(fen_of(caesarean["value"]), scope["total"])
        at.decided(caesarean, paid["fixedBenefit"] > 0)
        return answer(claim, scope, paid, others, at.assumed), after
    care = "inpatient" if care == "caesarean" else care  # 没有定额的地区按住院结算

    ceiling = "outpatientCeiling" if care == "outpatient" else "ceiling"
    if given:
        paid["pooled"], paid["largeExpense"] = given["pooled"], given["largeExpense"]
    elif care != "special-drug":
        kind = "chronic" if care == "chronic-outpatient" else care
        paid["deductiblePaid"], paid["pooled"], cut_off = at.basic(kind, scope["inScope"], ceiling, spent(ceiling))
        if ceiling == "ceiling":
            paid["largeExpense"] = at.large_expense(cut_off, spent("largeExpense"))
    if care != "special-drug":
        add(ceiling, paid["pooled"])
    add("largeExpense", paid["largeExpense"])
    left = scope["inScope"] - paid["pooled"] - paid["largeExpense"]

    def layer(name, counter):
        """A yearly layer takes its part of what is left; its base and what it really paid go on to the next claim."""
        amount = at.yearly(name, spent(counter + "Base"), left, spent(counter))
        add(counter + "Base", left)
        add(counter, amount)
        return amount

    if care in at.rule("feedsCriticalIllness")["value"]:
        paid["criticalIllness"] = layer("criticalIllness", "criticalIllness")
        left -= paid["criticalIllness"]
    if care == "special-drug":
        paid["specialDrug"] = layer("specialDrug", "specialDrug")
        left -= paid["specialDrug"]
    if care in at.rule("feedsAid")["value"]:
        for name in others:
            others[name] = layer(f"otherLayers.{name}", f"other {name}")
            left -= others[name]
        for name in ("medicalAid", "furtherAid"):
            paid[name] = layer(name, name)
            left -= paid[name]
    if care in ("inpatient", "chronic-outpatient"):
        guarantee = at.rule("guarantee.inpatient" if care == "inpatient" else "guarantee.chronic")
        if guarantee["value"] != "not covered":
            paid["guarantee"] = half_up(max(Fraction(0), left - scope["inScope"] * Fraction(guarantee["value"])))
            at.decided(guarantee, paid["guarantee"] > 0)
    return answer(claim, scope, paid, others, at.assumed), after


def answer(claim, scope, paid, others, assumed):
    """结果：the contract's object, still in fen."""
    funds = sum(paid[layer] for layer in LAYERS) + sum(others.values())
    layers = [{"name": name, "amount": amount} for name, amount in others.items()]
    totals = {"fundsTotal": funds, "patientTotal": scope["total"] - funds}
    return {"id": claim["id"], **scope, **paid, "otherLayers": layers, **totals, "assumed": assumed}


def settle(case, policies):
    """一案：claims in order; of several identities the one that leaves the person least to pay, the first on a tie."""
    if case["poolingArea"] not in policies:
        raise Refused("unknown-area")
    earlier = set()
    for claim in case["claims"]:
        if claim["transferFrom"] is not None and claim["transferFrom"] not in earlier:
            raise Refused("unknown-transfer")
        earlier.add(claim["id"])
    policy, years, answers = policies[case["poolingArea"]], {}, []
    for claim in case["claims"]:
        on = claim["dischargedOn"]
        in_force(policy, "begins", {}, on)
        tried = [one_claim(policy, case, claim, years.get(on[:4], {}), who) for who in candidates(policy, case, on)]
        best, years[on[:4]] = min(tried, key=lambda one: one[0]["patientTotal"])
        answers.append(best)
    return {"id": case["id"], "claims": answers}


def spelled(value):
    """书写：fen as yuan text, wherever an amount stands."""
    if isinstance(value, dict):
        return {key: spelled(one) for key, one in value.items()}
    if isinstance(value, list):
        return [spelled(one) for one in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value // 100}.{value % 100:02d}"
    return value


def run(line, policies):
    """一行一答：the answer, or the refusal, of one line."""
    number = {kind: lambda _: NUMBER for kind in ("parse_float", "parse_int", "parse_constant")}
    try:
        value = json.loads(line.decode("utf-8"), **number)
    except (ValueError, RecursionError):
        return {"id": None, "error": {"code": "malformed"}}
    try:
        return spelled(settle(read_case(value), policies))
    except Refused as refused:
        name = value.get("id") if isinstance(value, dict) else None
        return {"id": name if isinstance(name, str) else None, "error": {"code": refused.args[0]}}


def main():
    policies = {}
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as file:
            policy = json.load(file)
        policies[policy["area"]] = policy
    computed = True
    for line in sys.stdin.buffer:
        result = run(line, policies)
        computed = computed and "error" not in result
        sys.stdout.buffer.write(json.dumps(result, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    return 0 if computed else 1


if __name__ == "__main__":
    sys.exit(main())
