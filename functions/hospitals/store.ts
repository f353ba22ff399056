import type { Answer } from "../../shared/api/endpoint.ts";
import type { Endpoints } from "../../shared/api/endpoints.ts";
import { liesIn } from "../../shared/filing/places.ts";
import { type Level, levelOne } from "../../shared/policy/table.ts";
import { inForceOn, levelNames, type Service, services, termsOn } from "../../shared/provider/provider.ts";
import { now, today } from "../clock.ts";
import { listProviders, type Provider } from "../providers/store.ts";
import { remember } from "../remembered.ts";

const most = 100;

/** What a hospital is searched by. */
interface Wanted {
  readonly q?: string | undefined;
  readonly level?: Level | undefined;
  readonly service?: Service | undefined;
}

/** The hospitals at a destination that settle today, at most so many, and whether there are more. */
export async function hospitalsAt(
  destination: string,
  { q = "", level, service }: Wanted,
): Promise<{ hospitals: Provider[]; more: boolean }> {
  const on = today();
  const wanted = (one: Provider) => {
    const terms = termsOn(one, on);
    if (one.kind !== "hospital" || !terms || !inForceOn(one, on) || !liesIn(one.county, destination)) return false;
    const offers = !service || terms.services.includes(service);
    return offers && (!level || isOf(terms.price, level)) && one.name.includes(q);
  };
  const found = (await Promise.all(unitsOf(destination).map(hospitalsOf))).flat().filter(wanted);
  return { hospitals: found.slice(0, most), more: found.length > most };
}

const remembered = new Map<string, { readonly at: number; readonly hospitals: Promise<Provider[]> }>();
const rememberedFor = 60_000;
const mostRemembered = 20;

/**
 * The hospitals on a city's register, read once a minute and process: anybody may ask, and a name that fits nothing would
 * read all of it each time. A hospital that comes or goes is seen here that much later, and nowhere else.
 */
async function hospitalsOf(unit: string): Promise<Provider[]> {
  const known = remembered.get(unit);
  if (known && now() - known.at < rememberedFor) return known.hospitals;
  const everyOne = {
    wanted: ({ kind }: Provider) => kind === "hospital",
    after: undefined,
    most: Number.MAX_SAFE_INTEGER,
  };
  const hospitals = listProviders(unit, everyOne).then(({ providers }) => providers);
  remember(remembered, unit, { at: now(), hospitals }, mostRemembered);
  hospitals.catch(() => remembered.delete(unit));
  return hospitals;
}

const isOf = (own: Level, wanted: Level) =>
  own === wanted || (wanted === "primary" && levelOne.some((one) => one === own));

/** A municipality's districts and counties are registered under two cities of its own. */
const unitsOf = (destination: string): string[] =>
  destination.endsWith("0000") ? ["0100", "0200"].map((end) => destination.slice(0, 2) + end) : [destination];

/** A hospital as anybody sees it. */
export function hospitalReply(one: Provider): Answer<Endpoints["hospitals.list"]>["hospitals"][number] {
  const { price, services: open } = termsOn(one, today())!;
  const { code, name, address, telephone, ownership } = one;
  const opened = open.map((service) => services[service]);
  const isPublic = ownership === "public";
  return {
    code,
    name,
    address,
    telephone,
    level: price,
    levelName: levelNames[price],
    public: isPublic,
    services: opened,
  };
}
