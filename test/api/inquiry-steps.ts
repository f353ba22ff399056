import type { Call } from "../../shared/api/client.ts";
import type { Asked } from "../../shared/api/endpoint.ts";
import type { EndpointName, Endpoints } from "../../shared/api/endpoints.ts";
import { day } from "../../shared/day.ts";
import { unit, type World } from "../world/world.ts";

export type Asking = Asked<Endpoints["inquiries.ask"]>["body"];
let serial = 0;

/** A city in the system, and what one needs to ask it about a stay there. */
export const nanchong = "511300";
export const asking = (personNo: string, facts: Partial<Asking> = {}): Asking => ({
  requestNo: `inquiry-${++serial}`,
  person: { personNo },
  provider: { code: "H51130200001", name: "南充市中心医院", place: nanchong },
  from: day("2025-11-02"),
  until: day("2025-11-09"),
  amount: "23456.78",
  claimNo: null,
  filingNo: null,
  doubts: ["amount", "papers"],
  questions: ["是不是本人住院？", "总费用是多少？"],
  asked: { kind: "unit", unit: nanchong },
  ...facts,
});
export const outside = { kind: "outside" as const, name: "上海市某区医保中心", telephone: "021-12345678" };
export const away = { code: "", name: "某某医院", place: "310000" };
export const found = {
  finding: "confirmed" as const,
  answers: ["是本人", "23456.78元"],
  words: "已到医院核对病历和收费票据",
};
export const phoned = (
  outcome: "reached" | "refused" | "unreached" = "reached",
  facts: { requestNo?: string } = {},
) => ({
  requestNo: `inquiry-call-${++serial}`,
  on: day("2025-11-20"),
  whom: "医院医保办 赵老师",
  outcome,
  words: "说要出示协查函",
  ...facts,
});

/** The units of both sides, so that they have names. */
export const bothCities = () =>
  Promise.all([unit("370600", "烟台市"), unit("370611", "福山区"), unit(nanchong, "南充市")]);

/** Every call of inquiries, each under its name. */
export async function inquire(
  made: World,
  as: <T>(name: EndpointName, work: () => Promise<T>) => Promise<T>,
): Promise<void> {
  await bothCities();
  const { personNo } = await made.enlist();
  const ours = await made.officer("inquiry-ours", "370611", ["filings"]);
  const theirs = await made.officer("inquiry-theirs", nanchong, ["filings"]);
  const ask = (call: Call) => call("inquiries.ask", { body: asking(personNo) });
  const { inquiryNo } = await as("inquiries.ask", () => ask(ours));
  const of = { params: { inquiryNo } };
  await as("inquiries.agencies", () => ours("inquiries.agencies"));
  await as("inquiries.list", () => theirs("inquiries.list", { query: { side: "received" } }));
  await as("inquiries.one", () => theirs("inquiries.one", of));
  await as("inquiries.take", () => theirs("inquiries.take", of));
  await as("inquiries.hand-back", () => theirs("inquiries.hand-back", of));
  await theirs("inquiries.take", of);
  await as("inquiries.log-call", () => theirs("inquiries.log-call", { ...of, body: phoned() }));
  await as("inquiries.answer", () => theirs("inquiries.answer", { ...of, body: found }));
  const other = { params: { inquiryNo: (await ask(ours)).inquiryNo } };
  await as("inquiries.withdraw", () => ours("inquiries.withdraw", { ...other, body: { reason: "已经查清楚了" } }));
}
