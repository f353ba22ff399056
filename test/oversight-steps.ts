import { listClaims } from "../functions/claims/store.ts";
import type { Asked } from "../shared/api/endpoint.ts";
import type { EndpointName, Endpoints } from "../shared/api/endpoints.ts";
import { care, hospital } from "./claims.ts";
import type { World } from "./world.ts";

const reason = "居民来电核对费用";

/** Every call of officers about claims, disputes and who looked, each under its name. */
export async function oversee(
  made: World,
  as: <T>(name: EndpointName, work: () => Promise<T>) => Promise<T>,
): Promise<void> {
  const provider = await hospital("福山区第二医院", "H37061100002");
  const person = await made.enlist({ telephone: "13900007777" });
  const claim = await care(person, { provider, lines: [["床位费", "A", 50, 10]] });
  const { claimNo, personNo, settledOn: on } = claim;
  await listClaims([{ kind: "claim", claimNo, personNo, providerCode: provider.code, on }]);
  const { call } = await made.signIn(person);
  await made.prove(call, person);
  const filing = { requestNo: "grants-oversight", kind: "not-mine" as const };
  const { disputeNo } = await call("claims.dispute", { params: { claimNo }, query: {}, body: filing });

  const officer = await made.officer("oversight", "370611", ["claims"]);
  const search = (body: Asked<Endpoints["oversight.claims"]>["body"]) =>
    as("oversight.claims", () => officer("oversight.claims", { body }));
  await search({ by: "person", identityNumber: person.identityNumber, reason });
  await search({ by: "claim", claimNo, of: provider.code, reason });
  await search({ by: "provider", providerCode: provider.code, on, reason });
  const params = { personNo, claimNo };
  await as("oversight.claim", () => officer("oversight.claim", { params }));
  await as("oversight.lines", () => officer("oversight.lines", { params, query: {} }));
  await as("oversight.disputes", () => officer("oversight.disputes", { query: { unit: "370611" } }));
  const of = { params: { disputeNo } };
  await as("oversight.dispute", () => officer("oversight.dispute", of));
  await as("oversight.take", () => officer("oversight.take", of));
  await as("oversight.hand-back", () => officer("oversight.hand-back", of));
  await officer("oversight.take", of);
  await as("oversight.decide", () =>
    officer("oversight.decide", { ...of, body: { uphold: true, reason: "已经核实" } }),
  );
  const auditor = await made.officer("oversight-audit", "370600", ["audit"]);
  const looked = { by: "identity-number" as const, identityNumber: person.identityNumber, reason };
  await as("oversight.access", () => auditor("oversight.access", { body: looked }));
}
