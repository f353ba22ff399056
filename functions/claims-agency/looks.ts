import type { Answer, Endpoint } from "../../shared/api/endpoint.ts";
import type { Endpoints } from "../../shared/api/endpoints.ts";
import { isTransaction, transactionNames } from "../../shared/gateway/wire.ts";
import { type Access, placeOf } from "../audit.ts";
import { unitName } from "../callers/units.ts";
import { profilesOf } from "../people/find.ts";
import { findProvider } from "../providers/store.ts";

type Look = Answer<Endpoints["claims-agency.access"]>["looks"][number];

/** 查阅记录 · accesses with the names of whoever looked; one whom nobody knows any more keeps the number. */
export async function looksReply(accesses: readonly Access[]): Promise<Look[]> {
  const some = (of: (access: Access) => string | undefined) => [...new Set(accesses.flatMap((one) => of(one) ?? []))];
  // Every endpoint has a title, and schemas that take longer to make than all else of a start: loaded where titles are asked for.
  const [{ endpoints }, units, guardians, providers] = await Promise.all([
    import("../../shared/api/endpoints.ts"),
    found(
      some(({ unit }) => unit),
      unitName,
    ),
    profilesOf(some(({ guardianNo }) => guardianNo)),
    found(
      some(({ providerCode }) => providerCode),
      findProvider,
    ),
  ]);
  return accesses.map((access) => {
    const { officerNo, guardianNo, providerCode, unit, on, call } = access;
    const told = {
      at: Date.parse(placeOf(access).split("#")[0]!),
      on,
      call,
      title: titleOf(call, endpoints),
      unitName: unit === undefined ? null : (units.get(unit) ?? unit),
      reason: access.reason ?? null,
      people: access.people ?? null,
    };
    if (guardianNo !== undefined)
      return { ...told, who: "family", no: guardianNo, name: guardians.get(guardianNo)?.name ?? null };
    if (providerCode !== undefined)
      return { ...told, who: "provider", no: providerCode, name: providers.get(providerCode)?.name ?? null };
    return { ...told, who: "officer", no: officerNo ?? "", name: access.name ?? null };
  });
}

async function found<T>(codes: readonly string[], find: (code: string) => Promise<T>): Promise<Map<string, T>> {
  return new Map(await Promise.all(codes.map(async (code) => [code, await find(code)] as const)));
}

/** What a call is called: the endpoint's title, or the transaction's name. */
function titleOf(call: string, known: Readonly<Record<string, Endpoint>>): string {
  const transaction = call.replace("gateway.", "");
  if (isTransaction(transaction)) return `${transaction} ${transactionNames[transaction]}`;
  return known[call]?.title ?? call;
}
