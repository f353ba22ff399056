import { endpoints } from "../../shared/api/ledger.ts";
import { daysBetween } from "../../shared/day.ts";
import { accounts, type Entry, funds, trialBalance } from "../../shared/ledger/entry.ts";
import { plus, zero } from "../../shared/money.ts";
import { Refusal } from "../../shared/refusal.ts";
import { mustRunFund } from "../callers/officers.ts";
import { http } from "../http.ts";
import { entriesBetween, foldedBalance } from "./store.ts";

/** GET /ledger/trial-balance · 试算平衡: from nothing but the entries, beside what the outbox folded. */
export const handler = http(endpoints["ledger.trial-balance"], async ({ officer, query: { from, until } }) => {
  mustRunFund(officer);
  const area = officer.unit;
  const days = daysBetween(from, until);
  if (days < 0 || days > 92) throw new Refusal("malformed", { detail: "日期区间应为一个季度以内" });
  const entries: Entry[] = [];
  for await (const entry of entriesBetween(area, from, until)) entries.push(entry);
  const balances = trialBalance(entries);
  return {
    balanced: plus(zero, ...balances.map((one) => one.debit)) === plus(zero, ...balances.map((one) => one.credit)),
    entries: entries.length,
    accounts: await Promise.all(
      balances.map(async ({ account, debit, credit }) => {
        const folded = await foldedBalance(area, account, from, until);
        const { fund, name } = accounts[account];
        return {
          account,
          name,
          fund: funds[fund],
          debit,
          credit,
          foldedDebit: folded.debit,
          foldedCredit: folded.credit,
        };
      }),
    ),
  };
});
