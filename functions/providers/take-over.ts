import type { Answer } from "../../shared/api/endpoint.ts";
import type { Endpoints } from "../../shared/api/endpoints.ts";
import { type Row, readRows, runsOn } from "../../shared/provider/import.ts";
import { Refusal } from "../../shared/refusal.ts";
import { recordAccess } from "../audit.ts";
import type { Officer } from "../callers/officers.ts";
import { today } from "../clock.ts";
import { byOfficer } from "../hand.ts";
import { happening, mustBeInCharge, mustRunRegister, providerFrom, requestOf } from "./moves.ts";
import { findProvider, keepProvider, type Provider } from "./store.ts";

type Outcome = { readonly outcome: "added" | "unchanged" } | { readonly refusal: Refusal };
/** So many rows are written side by side. */
const abreast = 8;

/**
 * 接管名册 · proposes providers whose agreements are in force already: each waits for another officer's decision, as any other
 * provider does, and settles nothing before it. A row that is there already and says the same changes nothing, so a file can
 * be sent again; rows that cannot be taken are told, the others are taken all the same.
 */
export async function takeOver(
  officer: Officer,
  csv: string,
  reason: string,
): Promise<Answer<Endpoints["providers.import"]>> {
  mustRunRegister(officer);
  const rows = readRows(csv);
  await recordAccess(officer, { village: officer.unit }, { call: "providers.import", reason });
  const seen = new Map<string, Promise<Outcome>>();
  const outcomes: { line: number; outcome: Outcome }[] = [];
  for (let i = 0; i < rows.length; i += abreast) {
    const some = rows.slice(i, i + abreast).map(async (read) => {
      if ("refusal" in read) return { line: read.line, outcome: read };
      // Rows of one code follow one another; the second is held against what the first left.
      const before = seen.get(read.row.code) ?? Promise.resolve();
      const outcome = before.then(() => taken(officer, read.row, reason));
      seen.set(read.row.code, outcome);
      return { line: read.line, outcome: await outcome };
    });
    outcomes.push(...(await Promise.all(some)));
  }
  const count = (what: string) => outcomes.filter(({ outcome }) => "outcome" in outcome && outcome.outcome === what);
  return {
    added: count("added").length,
    unchanged: count("unchanged").length,
    faults: outcomes.flatMap(({ line, outcome }) =>
      "refusal" in outcome ? [{ line, code: outcome.refusal.code, message: outcome.refusal.sentence }] : [],
    ),
  };
}

async function taken(officer: Officer, row: Row, reason: string): Promise<Outcome> {
  try {
    const fresh = await providerFrom(row, row.from);
    mustBeInCharge(officer, fresh, row.levels);
    const { from, until } = row;
    if (from > until) throw new Refusal("agreement-period");
    if (!runsOn(row, today()))
      throw new Refusal("agreement-period", { detail: "只导入今天正在生效的协议，新的请走申请" });
    const last = requestOf(officer, "takeover", row);
    const before = await findProvider(row.code);
    if (before) {
      if (says(before, row)) return { outcome: "unchanged" };
      throw new Refusal("provider-exists", { detail: "登记的内容和这一行不同，没有改动" });
    }
    const by = byOfficer(officer);
    const after: Provider = {
      ...fresh,
      agreement: { state: "reviewed", from, until, history: [] },
      hands: { applied: by, evaluated: by, decided: null },
      version: 0,
      last,
    };
    await keepProvider(
      null,
      after,
      happening(officer, "takeover", reason, { state: "reviewed", terms: fresh.terms[0] }),
    );
    return { outcome: "added" };
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error };
    throw error;
  }
}

/** Does the register say of a provider what a row does? */
function says(provider: Provider, row: Row): boolean {
  const { from: _, services, ...levels } = provider.terms.at(-1)!;
  const { code, name, ownership, reformed, address, telephone, agreement } = provider;
  const { from, until } = agreement;
  const own = { code, name, ownership, reformed, levels, address, telephone, from, until };
  const { services: wanted, ...rest } = row;
  const sorted = (list: readonly string[]) => [...list].sort().join();
  return (
    Object.entries(own).every(([field, value]) => same(value, rest[field as keyof typeof rest])) &&
    sorted(services) === sorted(wanted)
  );
}

const same = (one: unknown, other: unknown): boolean =>
  typeof one === "object" && one !== null && typeof other === "object" && other !== null
    ? Object.entries(one).every(([field, value]) => (other as Record<string, unknown>)[field] === value)
    : one === other;
