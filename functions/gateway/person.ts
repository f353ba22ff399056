import { policyOf } from "../../shared/areas/areas.ts";
import { careCover } from "../../shared/care/cover.ts";
import { ageOn, type Day, yearOf } from "../../shared/day.ts";
import { codesOf, identityCard } from "../../shared/gateway/codes.ts";
import { dayOfMoment, type Moment } from "../../shared/gateway/field.ts";
import { zero } from "../../shared/money.ts";
import { benefitPeriod, identitiesOn } from "../../shared/policy/identity.ts";
import { inForce } from "../../shared/policy/series.ts";
import { Refusal } from "../../shared/refusal.ts";
import { recordProviderAccess } from "../audit.ts";
import { coveredOf, type Facts, factsOf } from "../people/facts.ts";
import { wholeIdentityNumber } from "../people/identity-number.ts";
import type { Profile } from "../people/profile.ts";
import { countMiss, mustNotGuess, shownTo, wasShown } from "../providers/relation.ts";
import { mustHold, personHolding } from "./certificates.ts";
import type { Call, Transaction } from "./transaction.ts";

/** What every answer about a person holds; the provider showed the certificate, so its number is no news to it. */
export async function personSpelt(profile: Profile, on: Day) {
  return {
    personNo: profile.personNo,
    certificateKind: identityCard,
    certificateNo: await wholeIdentityNumber(profile),
    personName: profile.name,
    sex: profile.sex === "male" ? "1" : "2",
    bornOn: profile.bornOn,
    ageTenths: ageOn(profile.bornOn, on) * 10,
  };
}

/** 人员类别 of residents, by age: 14 未成年, 15 成年, 16 老年. */
export const personType = (bornOn: Day, on: Day): string => {
  const age = ageOn(bornOn, on);
  return age < 18 ? "14" : age < 60 ? "15" : "16";
};

/** What a certificate leads to; with too many wrong ones before it, nothing is told of a right one either. */
async function shown<T extends { readonly personNo: string }>(
  { provider, at }: Call,
  look: () => Promise<T>,
): Promise<T> {
  await mustNotGuess(provider);
  let found: T;
  try {
    found = await look();
  } catch (error) {
    if (error instanceof Refusal) await countMiss(provider);
    throw error;
  }
  await shownTo(provider, found.personNo, at);
  return found;
}

/** Somebody's number from a certificate; guesses are counted, and an area that is not theirs is told. */
const found = (call: Call, kind: string, no: string, name: string | null): Promise<{ personNo: string }> =>
  shown(call, async () => {
    const personNo = await personHolding(kind, no, name ?? undefined, call);
    const { profile } = await factsOf(personNo, []);
    mustBeInsuredIn(profile, call.insuredArea);
    return { personNo };
  });

/**
 * 凭证和人员编号一起来 · the facts of somebody whose certificate a message brings with their number. A number that is nobody's is
 * answered as one that is another's.
 */
export async function presented(
  call: Call,
  request: Certificate & { readonly personNo: string },
  years: readonly number[],
): Promise<Facts> {
  const { personNo } = request;
  const look = async () => {
    const facts = await factsOf(personNo, years).catch((error) => {
      if (error instanceof Refusal && error.code === "person-not-found") return null;
      throw error;
    });
    await mustHold(facts?.profile ?? null, request, call);
    if (!facts) throw new Refusal("certificate-mismatch");
    mustBeServedUnder(facts.profile, request, call);
    return { facts, personNo };
  };
  const isKnown = await wasShown(call.provider, personNo, call.at);
  return (isKnown ? await look() : await shown(call, look)).facts;
}

/** Throws where a message names another 参保地 than the person's area, or their county. */
function mustBeInsuredIn({ poolingArea, village }: Profile, insuredArea: string): void {
  if (insuredArea && insuredArea !== poolingArea && !village.startsWith(insuredArea))
    throw new Refusal("wrong-area", { detail: "参保地" });
}

/** 参保状态: 0 未参保, 1 正常, 2 暂停, 4 终止. */
const coverStates = {
  covered: "1",
  waiting: "2",
  "starts-later": "2",
  over: "4",
  "not-enrolled": "0",
  employee: "0",
  died: "4",
} as const;

/** 1101 人员信息获取 · who a certificate belongs to, whether they are covered, and which identities they have. */
export const identify: Transaction<"1101"> = async (call, { request }) => {
  const { credentialKind, credentialNo, personName, beganAt } = request;
  const on = beganAt ? dayOfMoment(beganAt) : call.on;
  const { personNo } = await found(call, credentialKind, credentialNo, personName);
  const [facts] = await Promise.all([
    factsOf(personNo, [yearOf(on)]),
    recordProviderAccess(call.provider.code, personNo, call.transaction),
  ]);
  const { profile } = facts;
  const codes = codesOf(profile.poolingArea);
  const cover = careCover(coveredOf(facts), on);
  const timing = inForce("identityTiming", policyOf(profile.poolingArea).identityTiming, on).value;
  const inBenefit = new Set(identitiesOn(profile.identities, on, timing));
  return {
    output: {
      person: await personSpelt(profile, on),
      covers: [
        {
          balance: zero,
          schemeCode: codes.scheme,
          personType: personType(profile.bornOn, on),
          coverState: coverStates[cover.state],
          coveredFrom: "from" in cover ? cover.from : null,
          civilServantFlag: "0",
          insuredArea: profile.poolingArea,
        },
      ],
      identities: profile.identities
        .filter(({ kind }) => inBenefit.has(kind))
        .map((one) => {
          const { first, last } = benefitPeriod(one, timing);
          return {
            identityCode: codes.identity[one.kind],
            identityLevel: "0",
            beganAt: `${first} 00:00:00` as Moment,
            endedAt: last && (`${last} 23:59:59` as Moment),
          };
        }),
    },
  };
};

/** 2001 人员待遇享受检查 · whether care that begins then is covered, and if not, why: that is an answer, not an error. */
export const checkBenefits: Transaction<"2001"> = async (call, { request }) => {
  const { personNo, schemeCode, careCode, beganAt } = request;
  const on = dayOfMoment(beganAt);
  const [facts] = await Promise.all([
    factsOf(personNo, [yearOf(on)]),
    recordProviderAccess(call.provider.code, personNo, call.transaction),
  ]);
  const codes = codesOf(facts.profile.poolingArea);
  if (schemeCode !== codes.scheme) throw new Refusal("scheme-not-served");
  if (!Object.hasOwn(codes.care, careCode)) throw new Refusal("care-not-served");
  const cover = careCover(coveredOf(facts), on);
  const isCovered = cover.state === "covered";
  const [fundCode] = codes.fund.pooled;
  return {
    output: {
      benefits: [
        {
          personNo,
          checkKind: "01",
          fundCode,
          entitledFlag: isCovered ? "1" : "0",
          from: "from" in cover ? cover.from : null,
          until: "until" in cover ? cover.until : null,
          reason: isCovered ? "可以享受" : reasons[cover.state],
        },
      ],
    },
  };
};

const reasons = {
  died: "登记信息显示此人已经去世",
  waiting: "还在等待期",
  "starts-later": "待遇还没有开始",
  over: "待遇已经结束",
  "not-enrolled": "这一年没有参保",
  employee: "正在参加职工医保",
} as const;

interface Certificate {
  readonly schemeCode: string;
  readonly credentialKind: string;
  readonly credentialNo: string;
}

/** Throws unless a certificate is a person's, and they are covered here under the scheme that the message names. */
export async function mustBe(profile: Profile, certificate: Certificate, call: Call): Promise<void> {
  await mustHold(profile, certificate, call);
  mustBeServedUnder(profile, certificate, call);
}

function mustBeServedUnder(profile: Profile, { schemeCode }: Certificate, { insuredArea }: Call): void {
  if (schemeCode !== codesOf(profile.poolingArea).scheme) throw new Refusal("scheme-not-served");
  mustBeInsuredIn(profile, insuredArea);
}
