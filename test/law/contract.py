"""
契约：一案怎样写，读成什么。What a case is, as the contract of `settle` spells it, and what the oracle reads it as.
"""

from datetime import date
from fractions import Fraction

LEVELS = "village township community primary secondary tertiary".split()
CARE = "outpatient chronic-outpatient inpatient special-drug caesarean".split()
FILINGS = "none long-term referral temporary emergency".split()
KINDS = "destitute minimum-living returned-to-poverty low-income-edge monitored illness-impoverished registered-poor".split()


def half_up(fen):
    """四舍五入到分：the one rounding, of an amount that is not negative."""
    return int(fen + Fraction(1, 2))


class Refused(Exception):
    """不予计算：its only argument is the contract's code."""


# ---------------------------------------------------------------- 读入 reading: one check per kind of value

NUMBER = object()  # what any JSON number becomes: the contract has no numbers, so it passes no check
REQUIRED = object()


def need(condition, value=None):
    """格式不符：everything the contract calls malformed ends here."""
    if not condition:
        raise Refused("malformed")
    return value


def record(value, fields):
    """对象：each field is its check, or (check, default) where it may be left out; no other key is allowed."""
    need(isinstance(value, dict) and not set(value) - set(fields))
    read = {}
    for name, field in fields.items():
        check, default = field if isinstance(field, tuple) else (field, REQUIRED)
        need(name in value or default is not REQUIRED)
        read[name] = check(value[name]) if name in value else default
    return read


fields = lambda **checks: lambda value: record(value, checks)
one_of = lambda *words: lambda value: need(isinstance(value, str) and value in words, value)
or_null = lambda check: lambda value: None if value is None else check(value)
list_of = lambda check: lambda value: [check(one) for one in need(isinstance(value, list), value)]
digits = lambda value: value.isascii() and value.isdigit()
text = lambda value: need(isinstance(value, str), value)
flag = lambda value: need(isinstance(value, bool), value)
division = lambda value: need(len(text(value)) == 6 and digits(value), value)
money = lambda value: int(exact(2, 2, 10**9)(value) * 100)


def day(value):
    """日期：a day that exists, kept as text, which compares as days do."""
    need(len(text(value)) == 10 and value[4] == value[7] == "-" and digits(value[:4] + value[5:7] + value[8:]))
    try:
        date(int(value[:4]), int(value[5:7]), int(value[8:]))
    except ValueError:
        raise Refused("malformed")
    return value


def exact(least, most, below):
    """十进制文本：an unsigned decimal with `least` to `most` digits after the point, as a fraction."""

    def check(value):
        whole, point, rest = text(value).partition(".")
        need(len(value) <= 40 and digits(whole) and least <= len(rest) <= most and (digits(rest) if point else least == 0))
        return need(Fraction(value) < below, Fraction(value))

    return check


def fee_line(value):
    """费用明细：class C is outside the catalogue whole; only class B has an up-front share; each part rounded once."""
    price = exact(0, 6, 10**9)
    amounts = {"price": price, "quantity": exact(0, 4, 10**11), "priceCap": or_null(price), "upfrontShare": exact(0, 9, 2)}
    line = record(value, {"code": text, "class": one_of("A", "B", "C"), **amounts})
    need(line["upfrontShare"] <= 1)
    total = half_up(line["price"] * line["quantity"] * 100)
    if line["class"] == "C":
        return [total, total, 0, 0]
    excess = 0 if line["priceCap"] is None else max(0, line["price"] - line["priceCap"])
    over = half_up(excess * line["quantity"] * 100)
    return [total, 0, over, half_up((total - over) * line["upfrontShare"]) if line["class"] == "B" else 0]


def fees(value):
    """费用：the four sums, or the lines they are the sums of; in scope is the remainder."""
    parts = ["total", "outsideCatalogue", "overPriceCap", "upfront"]
    if isinstance(value, dict) and "lines" in value:
        lines = record(value, {"lines": list_of(fee_line)})["lines"]
        sums = {part: sum(line[at] for line in lines) for at, part in enumerate(parts)}
    else:
        sums = record(value, dict.fromkeys(parts, money))
    in_scope = sums["total"] - sums["outsideCatalogue"] - sums["overPriceCap"] - sums["upfront"]
    return need(in_scope >= 0 and sums["total"] < 10**11, {**sums, "inScope": in_scope})


identity_shape = fields(kind=one_of(*KINDS), until=or_null(day), **{"from": day})
person_shape = fields(
    bornOn=day, sex=(or_null(one_of("male", "female")), None), retired=(flag, False), homeCounty=(division, None),
    familyDoctor=(flag, False), identities=(list_of(identity_shape), []),
)
claim_shape = fields(
    id=text, careType=one_of(*CARE), admittedOn=day, dischargedOn=day,
    provider=fields(level=one_of(*LEVELS), county=division, reformed=(flag, False)),
    filing=(one_of(*FILINGS), "none"), transferFrom=(or_null(text), None), diseases=(list_of(text), []),
    fees=fees, settledElsewhere=(or_null(fields(pooled=money, largeExpense=(money, 0))), None),
)
case_shape = fields(
    id=text, poolingArea=division, scheme=(one_of("resident", "employee", "ncms"), "resident"),
    person=person_shape, claims=list_of(claim_shape),
)


def read_case(value):
    """一案：the shape of the contract, and what must hold between its parts."""
    case, last = case_shape(value), ""
    for one in case["claims"]:
        need(case["person"]["bornOn"] <= one["admittedOn"] <= one["dischargedOn"] and last <= one["dischargedOn"])
        last, given = one["dischargedOn"], one["settledElsewhere"]
        need(given is None or given["pooled"] + given["largeExpense"] <= one["fees"]["inScope"])
    return case
