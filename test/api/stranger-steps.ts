import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { signed } from "../../hospital/client.ts";
import { identityNumberOf } from "../../local/county/people.ts";
import { providerItems } from "../../local/county/provider-items.ts";
import { type Call, client } from "../../shared/api/client.ts";
import { type Endpoint, type Role, roles } from "../../shared/api/endpoint.ts";
import { routeTable } from "../../shared/api/routes.ts";
import { day } from "../../shared/day.ts";
import { readIdentityNumber } from "../../shared/person.ts";
import { senderOf } from "../world/hospitals.ts";
import { raw, type World } from "../world/world.ts";

const residents = ["signed-in", "bound", "proven"] as const;
const officers = ["colleague without the role", "officer of the next county", "officer of another area"] as const;
/** 生人 · whoever has nothing to do with whose data it is, each with as much else as they can have. */
export const kinds = ["nobody", ...residents, ...officers, "provider"] as const;
type Kind = (typeof kinds)[number];
const isIn = (list: readonly Kind[], kind: Kind) => list.includes(kind);

/** The refusal at the door, before anything is looked at; null where only the relation keeps a stranger out. */
export function doorOf({ caller }: Endpoint, kind: Kind): string | null {
  if (caller.audience === "officer") {
    if (!isIn(officers, kind)) return "not-signed-in";
    return kind === "colleague without the role" ? "role-missing" : null;
  }
  if (caller.audience !== "resident") throw new Error(`${caller.audience} has no door`);
  const { trust } = caller;
  if (!isIn(residents, kind)) return "not-signed-in";
  if (trust === "signed-in" || kind === "proven") return null;
  if (kind === "signed-in") return "not-bound";
  return trust === "bound" ? null : "proof-needed";
}

const everyRole = Object.keys(roles) as Role[];
const pharmacy = "P37061100001";

/** A provider in force, with a key of its own. */
async function provider({ sealer }: World): Promise<Call> {
  for (const Item of providerItems(sealer))
    if (String(Item.pk).endsWith(pharmacy)) await db.send(new PutCommand({ TableName: config.mainTable(), Item }));
  const sender = senderOf(pharmacy);
  return client(routeTable(), ({ method, path, body = "" }) =>
    raw(method, path, { body, headers: signed(sender, body, path) }),
  );
}

type Company = (kind: Kind, spec: Endpoint, unit: string) => Promise<Call>;

/** One stranger of each kind. The colleague is of the unit whose officer may, and has every role but those that may. */
export async function company(made: World): Promise<Company> {
  const calls: Partial<Record<Kind, Call>> = {
    nobody: made.anyone,
    "signed-in": (await made.signIn(null)).call,
    bound: (await made.signIn(await made.enlist())).call,
    proven: (await made.proven()).call,
    "officer of the next county": await made.officer("stranger-next-county", "370682", everyRole),
    "officer of another area": await made.officer("stranger-another-area", "640522", everyRole),
    provider: await provider(made),
  };
  return async (kind, { caller }, unit) => {
    const has = (role: Role) => caller.audience !== "officer" || !caller.roles.includes(role);
    return calls[kind] ?? made.officer(`stranger-colleague-${unit}`, unit, everyRole.filter(has));
  };
}

/** Numbers of people, ties, orders, claims and the like are long, and of figures and capitals. */
export const numbersIn = (value: unknown): string[] => JSON.stringify(value ?? "").match(/\b[0-9A-Z]{16,}\b/g) ?? [];

/** A number as there can be one, and that nobody has. */
function nobodys(value: string): string {
  if (readIdentityNumber(value).ok) return identityNumberOf(day("1990-05-01"), "female", 20_000);
  if (/^\d{20}$/.test(value)) return value.slice(0, 6) + "9".repeat(14);
  return /^(?=.*[0-9A-Z])[\w-]{16,}$/.test(value) ? value.slice(0, 8).padEnd(value.length, "0") : value;
}

/** The same call about what does not exist. */
export function aboutNobody<T>(asked: T): T {
  if (typeof asked === "string") return nobodys(asked) as T;
  if (typeof asked !== "object" || asked === null) return asked;
  if (Array.isArray(asked)) return asked.map(aboutNobody) as T;
  const other = (name: string, value: unknown) => (name === "changeNo" ? "0".repeat(12) : aboutNobody(value));
  return Object.fromEntries(Object.entries(asked).map(([name, value]) => [name, other(name, value)])) as T;
}

interface Step {
  readonly TableName: string;
  readonly Key?: { readonly pk: string; readonly sk: string };
  readonly Item?: { readonly pk: string; readonly sk: string };
}

/** Follows whatever is written: where, and what; `by` is told who writes from now on. */
export function watchWrites(wrote: (at: string, what: object) => void) {
  db.middlewareStack.add(
    (next, context) => async (args) => {
      const result = await next(args);
      if (/Put|Update|Delete|TransactWrite/.test(context.commandName ?? "")) {
        const { TransactItems, ...alone } = args.input as { TransactItems?: Record<string, object>[] };
        const steps = (TransactItems?.flatMap((one) => Object.values(one)) ?? [alone]) as Step[];
        for (const step of steps) {
          const { pk, sk } = (step.Item ?? step.Key)!;
          wrote(`${step.TableName.split("-")[0]} ${pk} ${sk}`, step);
        }
      }
      return result;
    },
    { step: "initialize", name: "strangers", override: true },
  );
  return () => db.middlewareStack.remove("strangers");
}
