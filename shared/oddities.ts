/** 查阅异常 · what an auditor looks at first among a day's looks. The numbers are ours, of no document: whoever audits may find others better. */

/** One look as the day keeps it: who looked at whom or at how long a list, when (wall-clock milliseconds), and why. */
export interface DaysLook {
  readonly no: string;
  readonly at: number;
  readonly personNo: string | null;
  readonly people: number | null;
  readonly reason: string | null;
}

/** What is odd, and from how many on. */
const oddFrom = { "many-people": 100, "one-reason": 30, "one-person": 10, "at-night": 5 } as const;
export const oddityKinds = Object.keys(oddFrom) as [OddityKind, ...OddityKind[]];
type OddityKind = keyof typeof oddFrom;

interface Oddity {
  readonly no: string;
  readonly kind: OddityKind;
  /** How many people, looks at one person, or looks at night. */
  readonly count: number;
}

/** 看了很多人、一个理由看很多人、反复看一个人、夜里看 · the oddities of a day, those furthest beyond their number first. */
export function odditiesOf(looks: readonly DaysLook[]): Oddity[] {
  const found = [...groups(looks, ({ no }) => no)].flatMap(([no, own]) =>
    oddityKinds.map((kind) => ({ no, kind, count: counted[kind](own) })),
  );
  const excess = ({ kind, count }: Oddity) => count / oddFrom[kind];
  return found.filter((one) => excess(one) >= 1).sort((a, b) => excess(b) - excess(a));
}

const counted: Readonly<Record<OddityKind, (own: readonly DaysLook[]) => number>> = {
  "many-people": peopleIn,
  "one-reason": (own) => most(own, ({ reason }) => reason, peopleIn),
  "one-person": (own) =>
    most(
      own,
      ({ personNo }) => personNo,
      (same) => same.length,
    ),
  "at-night": (own) => own.filter(({ at }) => isNight(at)).length,
};

/** Different people looked at one by one, and those of the longest list: lists are of the same people again and again. */
function peopleIn(looks: readonly DaysLook[]): number {
  const single = new Set(looks.flatMap(({ personNo }) => personNo ?? []));
  return single.size + Math.max(0, ...looks.map(({ people }) => people ?? 0));
}

const most = (
  looks: readonly DaysLook[],
  by: (look: DaysLook) => string | null,
  count: (same: readonly DaysLook[]) => number,
) => Math.max(0, ...[...groups(looks, by)].map(([, same]) => count(same)));

function groups<K>(looks: readonly DaysLook[], by: (look: DaysLook) => K | null): Map<K, DaysLook[]> {
  const found = new Map<K, DaysLook[]>();
  for (const look of looks) {
    const name = by(look);
    if (name !== null) found.set(name, [...(found.get(name) ?? []), look]);
  }
  return found;
}

/** From ten in the evening to six in the morning, in Shanghai, which knows no summer time. */
function isNight(at: number): boolean {
  const hour = Math.floor(at / 3_600_000 + 8) % 24;
  return hour >= 22 || hour < 6;
}
