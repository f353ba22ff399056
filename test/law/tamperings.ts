import { yuanText } from "./cases.ts";
import {
  agree,
  type Claim,
  type Edit,
  findingsOf,
  flat,
  headingOf,
  linesOf,
  more,
  otherOf,
  type Rule,
  recompute,
  renamed,
  ruleOf,
  type Step,
  settled,
  stepIn,
  stepOf,
  stepsOf,
  type Tampered,
  vectors,
  without,
} from "./forging.ts";

/** Whoever did this did not even make the trace agree with itself. */
export const careless: Tampered = {
  "twoLists 0": {
    "an amount of the answer is a fen more than its step": (claim) =>
      Object.assign(claim, { criticalIllness: more(claim.criticalIllness, 1) }),
    "the person pays a fen less than the bill leaves": (claim) =>
      Object.assign(claim, { patientTotal: more(claim.patientTotal, -1) }),
    "a step's result is a fen more than its inputs give": (claim) => {
      stepOf(claim, "criticalIllnessAtTiers").result = more(stepOf(claim, "criticalIllnessAtTiers").result, 1);
    },
    "a step takes another amount than the step of that name gave": (claim) => {
      stepOf(claim, "medicalAidBaseAfter").inputs.borneAfterCriticalIllness = "0.01";
    },
    "the last step takes more from the funds than they paid": (claim) => {
      const last = stepOf(claim, "patientTotal");
      last.inputs.fundsTotal = more(last.inputs.fundsTotal, 100);
      last.result = more(last.result, -100);
      claim.patientTotal = last.result;
    },
    "two steps change places": (claim) => {
      const at = claim.trace.indexOf(stepOf(claim, "medicalAidBefore"));
      claim.trace.splice(at, 0, ...claim.trace.splice(at + 1, 1));
    },
    "an extra step pays a gift": (claim) => {
      const gift = { layer: "total", op: "given", name: "gift", inputs: {}, rules: [], result: "1.00" };
      claim.trace.splice(claim.trace.indexOf(stepOf(claim, "fundsTotal")), 0, gift);
    },
    "a step is there twice": (claim) => claim.trace.push(stepOf(claim, "patientTotal")),
    "an amount has a blank before it": (claim) => Object.assign(claim, { medicalAid: ` ${claim.medicalAid}` }),
    "an amount has a blank after it": (claim) => Object.assign(claim, { medicalAid: `${claim.medicalAid} ` }),
    "a rule is asked that the policy does not have": (claim) => {
      ruleOf(claim, "medicalAid.limit").parameter = "benefits.resident.medicalAid.gift/everybody";
    },
  },
  "tie 0": {
    "of two lists that leave as much to pay, the second is taken": (claim) => headingOf(claim).identities.reverse(),
  },
  "employee 2": {
    "what was paid before is said to be a sum of nothing": (claim) => {
      stepOf(claim, "pooledBefore").op = "sum";
    },
  },
  "poor 0": {
    "a rule is left out of its step": (claim) => stepOf(claim, "pooledAtShare").rules.pop(),
    "another layer of the area is said to have paid a fen more": ({ otherLayers: [one] }) => {
      one!.amount = more(one!.amount, 1);
    },
  },
  "feeLines 0": {
    "a fee line costs more than its split says": (claim) => Object.assign(linesOf(claim)[0]!, { price: "999.000000" }),
    "a fee line's split is a fen more than its price gives": (claim) => {
      linesOf(claim)[0]!.result.total = more(linesOf(claim)[0]!.result.total, 1);
    },
    "a fee line is left out": (claim) => claim.trace.splice(1, 1),
  },
  "stays 0": {
    "the answer is said to rest on no assumption": (claim) => {
      claim.assumed = false;
    },
  },
  "noList 0": {
    "the trace is of another version": (claim) => {
      headingOf(claim).version = "settlement-trace/v0";
    },
    "the trace is of another area": (claim) => {
      headingOf(claim).area = "331000";
    },
  },
};

/** Every amount, sum and total agrees; what is wrong is the law, the year, or the story. */
export const consistent: Tampered = {
  "twoLists 0": {
    "a share is five points higher": (claim) => {
      (ruleOf(claim, "criticalIllness.tiers").value as { share: string }[])[0]!.share = "0.7";
    },
    "a threshold is a fen lower": (claim) => {
      ruleOf(claim, "criticalIllness.threshold").value = "6999.99";
    },
    "a limit is higher": (claim) => {
      ruleOf(claim, "medicalAid.limit").value = "40000.00";
    },
    "a rule cites another article": (claim) => {
      ruleOf(claim, "medicalAid.tiers").cite = "烟政办发〔2022〕25号 三(六)2";
    },
    "a rule begins on another day": (claim) => {
      ruleOf(claim, "medicalAid.tiers").from = "2022-01-01";
    },
    "a line of the table made for others is used: the share of 特困 for 返贫致贫": (claim) => {
      const rule = ruleOf(claim, "medicalAid.tiers");
      Object.assign(rule, {
        parameter: rule.parameter.replace("/returned-to-poverty", "/destitute"),
        value: flat("1"),
      });
    },
    "a rule of another layer is used: the limit of 再救助 for 救助": (claim) => {
      stepOf(claim, "medicalAid").rules = [{ ...ruleOf(claim, "furtherAid.limit"), decided: true }];
    },
    "a layer is left out": (claim) => {
      const names = ["BaseBefore", "BaseAfter", "AtTiers", "Before", ""].map((end) => `furtherAid${end}`);
      without(claim, ...names, "borneAfterFurtherAid");
    },
    "a layer is said not to be covered": (claim) => {
      const rules = [{ ...ruleOf(claim, "furtherAid.tiers"), value: "not covered", decided: false }];
      without(claim, "furtherAidAtTiers", "furtherAidBefore", "borneAfterFurtherAid");
      Object.assign(stepOf(claim, "furtherAid"), { op: "given", inputs: {}, rules, result: "0.00" });
    },
    "assistance is paid before 大病": (claim) => {
      const [aid, illness] = ["medicalAid", "criticalIllness"].map((one) =>
        stepsOf(claim).filter(({ layer }) => layer === one),
      );
      claim.trace = claim.trace.filter((one) => !aid!.includes(one as Step));
      claim.trace.splice(claim.trace.indexOf(illness![0]!), 0, ...aid!);
      const borne = Object.keys(illness![1]!.inputs)[1]!;
      renamed(stepsOf(claim), "borneAfterMedicalAid", "last");
      renamed(illness!, borne, "borneAfterMedicalAid");
      renamed(aid!, "borneAfterCriticalIllness", borne);
      renamed(stepsOf(claim), "last", "borneAfterCriticalIllness");
    },
    "a base counts the whole cost, not what is left of it": (claim) => {
      stepOf(claim, "medicalAidBaseAfter").inputs = { medicalAidBaseBefore: "", inScope: "" };
    },
    "the person's other list is hidden": (claim) => claim.trace.splice(claim.trace.indexOf(otherOf(claim)), 1),
    "the worse of two lists is taken, the better one shown beside it": (claim) => {
      const { alternative, steps } = otherOf(claim);
      const { facts } = headingOf(claim);
      const better = { alternative: String(facts.identity), patientTotal: String(claim.patientTotal) };
      claim.trace = [headingOf(claim), ...steps, { ...better, steps: stepsOf(claim) }];
      facts.identity = alternative;
    },
    "he has the benefits of a list that he is not on, his own are not tried": (claim) => {
      const identities = vectors.twoLists.person.identities.map((one) => ({ ...one, kind: "destitute" }));
      const [better] = settled({ ...vectors.twoLists, person: { ...vectors.twoLists.person, identities } });
      headingOf(better!).identities = headingOf(claim).identities;
      Object.assign(claim, better);
    },
    "the share of the list not taken is lowered": (claim) => {
      const { steps } = otherOf(claim);
      stepIn(steps, "medicalAidAtTiers").rules[1]!.value = flat("0.1");
      recompute(steps);
    },
  },
  "noList 0": {
    "a layer that does not cover the person pays all the same": (claim) => {
      stepOf(claim, "medicalAid").result = "100.00";
    },
    "one share of several is a point higher": (claim) => {
      (ruleOf(claim, "criticalIllness.tiers").value as { share: string }[])[1]!.share = "0.66";
    },
    "a tier begins a fen earlier": (claim) => {
      (ruleOf(claim, "criticalIllness.tiers").value as { from: string }[])[1]!.from = "99999.99";
    },
    "a rule of another scheme is used": (claim) => {
      const rule = ruleOf(claim, "criticalIllness.threshold");
      Object.assign(rule, { parameter: rule.parameter.replace("resident", "employee"), value: "12000.00" });
    },
    "a rule is said to have decided that decided nothing": (claim) => {
      ruleOf(claim, "criticalIllness.limit").decided = true;
    },
  },
  "threeBills 1": {
    "the year's base before the second bill is forgotten": (claim) => {
      stepOf(claim, "criticalIllnessBaseBefore").result = "0.00";
    },
  },
  "threeBills 0": {
    "the year's base is said to be greater, so that the threshold is passed": (claim) => {
      stepOf(claim, "criticalIllnessBaseBefore").result = "7000.00";
    },
  },
  "threeBills 2": {
    "what 救助 already paid this year is forgotten, so that its limit is whole again": (claim) => {
      stepOf(claim, "medicalAidBefore").result = "0.00";
    },
  },
  "employee 2": {
    "what the pooled fund already paid this year is forgotten": (claim) => {
      stepOf(claim, "pooledBefore").result = "0.00";
    },
    "what 大额 already paid this year is forgotten": (claim) => {
      stepOf(claim, "largeExpenseBefore").result = "0.00";
    },
    "大额 is left out where the ceiling cut something off": (claim) => {
      without(claim, "cutOffByCeiling", "largeExpenseBefore", "largeExpense", "borneAfterLargeExpense");
      renamed(stepsOf(claim), "borneAfterLargeExpense", "borneAfterPooled");
    },
  },
  "stays 0": {
    "a deductible is a fen lower": (claim) => {
      ruleOf(claim, "inpatient.deductible").value = "799.99";
    },
    "the deductible is not charged": (claim) => {
      Object.assign(stepOf(claim, "deductiblePaid"), { op: "given", inputs: {}, result: "0.00" });
    },
    "an assumption is passed off as stated": (claim) => {
      ruleOf(claim, "inpatient.deductible").standing = "stated";
    },
    "no assumption is said to have decided anything": (claim) => {
      for (const rule of stepsOf(claim).flatMap(({ rules }) => rules)) rule.decided = false;
    },
  },
  "poor 0": {
    "the guarantee is left out": (claim) => without(claim, "guarantee", "borneAfterGuarantee"),
    "another layer of the area is left out": (claim) => {
      const names = ["BaseBefore", "BaseAfter", "AtTiers", "Before", ""].map((end) => `supplementary${end}`);
      without(claim, ...names, "borneAfterSupplementary");
      renamed(stepsOf(claim), "borneAfterSupplementary", "borneAfterCriticalIllness");
      claim.otherLayers = [];
    },
  },
  "feeLines 0": {
    "a fee line costs less together with its split": (claim) => {
      const free = { total: "0.01", outsideCatalogue: "0.00", overPriceCap: "0.00", upfront: "0.00" };
      Object.assign(linesOf(claim)[0]!, {
        class: "A",
        priceCap: null,
        price: "0.010000",
        quantity: "1.0000",
        result: free,
      });
    },
  },
};

/** Forgeries that the first verifier let pass. */
export const subtle: Tampered = {
  "twoLists 0": {
    "the total beside the list not taken is another than its steps give": (claim) =>
      Object.assign(otherOf(claim), { patientTotal: "0.01" }),
    "the worse list is taken, the better one settled for a dearer bill": (claim) => {
      const { alternative, steps } = otherOf(claim);
      const { facts } = headingOf(claim);
      const mine = stepsOf(claim);
      for (const name of ["total", "outsideCatalogue"]) {
        stepIn(mine, name).result = more(stepIn(mine, name).result, 10_000_000);
      }
      const patientTotal = yuanText(recompute(mine).get("patientTotal")!);
      claim.trace = [headingOf(claim), ...steps, { alternative: String(facts.identity), patientTotal, steps: mine }];
      facts.identity = alternative;
      agree(claim);
    },
    "the person is on no list, yet has the benefits of one": (claim) => {
      headingOf(claim).identities = [];
      claim.trace = claim.trace.filter((one) => !("alternative" in one));
    },
    "the list taken is shown as not taken too": (claim) => {
      const patientTotal = String(claim.patientTotal);
      claim.trace.push({ alternative: "returned-to-poverty", patientTotal, steps: stepsOf(claim) });
    },
    "a rule that chose the way cites another article": (claim) =>
      Object.assign((headingOf(claim).rules as Rule[])[0]!, { cite: "烟政办发〔2022〕25号 九" }),
    "the rules that chose the way are left out": (claim) => Object.assign(headingOf(claim), { rules: [] }),
    "a rule's note is another": (claim) => Object.assign(ruleOf(claim, "medicalAid.tiers"), { note: "国务院文件规定" }),
    "an amount is left out of the answer": (claim) => delete claim.medicalAid,
    "an amount has no decimals": (claim) => Object.assign(claim, { medicalAid: "3000000" }),
    "a step is said to be of another layer": (claim) =>
      Object.assign(stepOf(claim, "medicalAid"), { layer: "criticalIllness" }),
    "what is paid first is negative, so that more is in scope than the bill": (claim) => {
      stepOf(claim, "upfront").result = "-50.00";
      stepOf(claim, "inScope").result = "120050.00";
    },
  },
  "poor 0": {
    "another layer of the area is not told": (claim) => Object.assign(claim, { otherLayers: [] }),
    "another layer of the area is told twice": (claim) => claim.otherLayers.push({ ...claim.otherLayers[0]! }),
  },
};

/** A claim of a vector as it was settled, and after an edit and what follows from it; whose findings to ask for. */
export function tampered(which: string, edit: Edit, after: (claim: Claim) => void) {
  const [vector = "", at] = which.split(" ");
  const asked = vectors[vector as keyof typeof vectors];
  const claims = settled(asked);
  const before = JSON.stringify(claims);
  edit(claims[Number(at)]!);
  after(claims[Number(at)]!);
  return { before, after: JSON.stringify(claims), findings: findingsOf(asked, claims) };
}

/** The rows of a table: what was done, to which claim, how. */
export const rows = (some: Tampered) =>
  Object.entries(some).flatMap(([which, edits]) =>
    Object.entries(edits).map(([sentence, edit]) => [sentence, which, edit] as const),
  );

/** Every table, and what follows an edit of it: only `consistent` makes the trace agree with itself again. */
export const tables = [
  ["careless", careless, () => {}],
  ["subtle", subtle, () => {}],
  ["consistent", consistent, agree],
] as const satisfies [string, Tampered, (claim: Claim) => void][];
