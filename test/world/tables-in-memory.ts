import { ConditionalCheckFailedException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { type Context, condition, copy, type Item, update } from "./expressions.ts";

interface Keyed {
  readonly TableName: string;
  readonly ConditionExpression?: string;
  readonly UpdateExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, unknown>;
  readonly ReturnValuesOnConditionCheckFailure?: string;
  readonly Item?: Item;
  readonly Key?: Item;
}
type Action = { readonly [kind in "Put" | "Update" | "Delete" | "ConditionCheck"]?: Keyed };
interface Asked extends Keyed {
  readonly IndexName?: string;
  readonly ProjectionExpression?: string;
  readonly KeyConditionExpression?: string;
  readonly ScanIndexForward?: boolean;
  readonly Limit?: number;
  readonly ExclusiveStartKey?: unknown;
  readonly TransactItems?: readonly Action[];
}

type Kept = Map<string, Map<string, Item>>;
interface Table {
  readonly items: Kept;
  readonly index: Kept;
}

/** One item that a write changed: as it was, and as it is. */
export interface Written {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

const answered = { $metadata: { httpStatusCode: 400 } };
const idOf = ({ pk, sk }: Item) => `${pk}\u0000${sk}`;

/**
 * Tables in memory, spoken to in the words of the document client: as much of DynamoDB as our functions use, without a
 * process or a socket between. A test holds it against the embedded database, call by call.
 */
export class MemoryTables {
  readonly #tables: Map<string, Table>;
  /** Hears of every write once all of it stands. */
  onWrite: (written: readonly Written[]) => void = () => {};

  constructor(like?: MemoryTables) {
    const of = (kept: Kept): Kept => new Map([...kept].map(([pk, items]) => [pk, new Map(items)]));
    const known = like ? like.#tables : new Map<string, Table>();
    this.#tables = new Map(
      [...known].map(([name, { items, index }]) => [name, { items: of(items), index: of(index) }]),
    );
  }

  /** Every item of a table. */
  all(name: string): Item[] {
    return [...this.#table(name).items.values()].flatMap((items) => [...items.values()].map(copy));
  }

  /** What the document client would have answered. */
  send(command: string, input: object): object {
    const asked = input as Asked;
    switch (/^[A-Z][a-z]+/.exec(command)?.[0]) {
      case "Get":
        return this.#get(asked);
      case "Query":
        return this.#query(asked);
      case "Put":
        return this.#alone({ Put: asked });
      case "Update":
        return this.#alone({ Update: asked });
      case "Delete":
        return this.#alone({ Delete: asked });
      case "Transact":
        return this.#together(asked.TransactItems ?? []);
      default:
        throw new Error(`${command} is not spoken here`);
    }
  }

  #table(name: string): Table {
    const known = this.#tables.get(name);
    if (known) return known;
    const made: Table = { items: new Map(), index: new Map() };
    this.#tables.set(name, made);
    return made;
  }

  #read(name: string, { pk, sk }: Item): Item | undefined {
    return this.#table(name).items.get(String(pk))?.get(String(sk));
  }

  #get(asked: Asked): object {
    const found = this.#read(asked.TableName, asked.Key!);
    return found ? { Item: projected(found, asked) } : {};
  }

  #query(asked: Asked): object {
    const { TableName, IndexName, KeyConditionExpression: written = "", Limit, ScanIndexForward = true } = asked;
    if (asked.ExclusiveStartKey) throw new Error("pages are not spoken here");
    const [, pkValue = ""] = /^\S+ = (:\w+)/.exec(written) ?? [];
    const { items, index } = this.#table(TableName);
    const partition = (IndexName ? index : items).get(String(asked.ExpressionAttributeValues?.[pkValue])) ?? new Map();
    const sk = IndexName ? "gsi1sk" : "sk";
    const holds = condition(written);
    const context = contextOf(asked);
    const place = (item: Item) => `${item[sk]}\u0000${idOf(item)}`;
    const found = [...partition.values()].filter((item) => holds(item, context));
    found.sort((a, b) => (place(a) < place(b) ? -1 : 1));
    if (!ScanIndexForward) found.reverse();
    return { Items: found.slice(0, Limit ?? found.length).map((item) => projected(item, asked)) };
  }

  #alone(action: Action): object {
    const { written, failed } = this.#tried(action);
    if (failed) {
      const wanted = failed.ReturnValuesOnConditionCheckFailure === "ALL_OLD" && written.before;
      const Item = wanted ? { Item: marshall(wanted) } : {};
      throw new ConditionalCheckFailedException({ message: "The conditional request failed", ...Item, ...answered });
    }
    this.#keep([[action, written]]);
    return {};
  }

  #together(actions: readonly Action[]): object {
    const ids = actions.map((action) => `${asking(action).TableName}\u0000${idOf(keyOf(asking(action)))}`);
    if (new Set(ids).size < ids.length) throw new Error("a transaction may touch an item once");
    if (ids.length > 100) throw new Error("a transaction takes a hundred items");
    const tried = actions.map((action) => this.#tried(action));
    if (tried.some(({ failed }) => failed)) {
      const CancellationReasons = tried.map(({ failed }) => ({ Code: failed ? "ConditionalCheckFailed" : "None" }));
      throw new TransactionCanceledException({ message: "Transaction cancelled", CancellationReasons, ...answered });
    }
    this.#keep(tried.map(({ written }, i) => [actions[i]!, written]));
    return {};
  }

  #tried(action: Action): { written: Written; failed?: Keyed } {
    const asked = asking(action);
    const before = this.#read(asked.TableName, keyOf(asked));
    const context = contextOf(asked);
    const { ConditionExpression: written } = asked;
    if (written && !condition(written)(before, context)) return { written: { before, after: before }, failed: asked };
    if (action.Put) return { written: { before, after: copy(asked.Item!) } };
    if (action.Delete) return { written: { before, after: undefined } };
    if (action.ConditionCheck) return { written: { before, after: before } };
    return { written: { before, after: update(asked.UpdateExpression!)(before ?? asked.Key!, context) } };
  }

  #keep(all: readonly (readonly [Action, Written])[]): void {
    for (const [action, { before, after }] of all) {
      const { items, index } = this.#table(asking(action).TableName);
      if (before) {
        items.get(String(before.pk))?.delete(String(before.sk));
        if (before.gsi1pk) index.get(String(before.gsi1pk))?.delete(idOf(before));
      }
      if (after) {
        placed(items, String(after.pk), String(after.sk), after);
        if (after.gsi1pk) placed(index, String(after.gsi1pk), idOf(after), after);
      }
    }
    this.onWrite(all.map(([, written]) => written));
  }
}

/** A copy of an item, of the names that were asked for. */
function projected(item: Item, { ProjectionExpression: wanted, ExpressionAttributeNames: names = {} }: Asked): Item {
  if (!wanted) return copy(item);
  const chosen = wanted.split(",").map((name) => names[name.trim()] ?? name.trim());
  return copy(Object.fromEntries(chosen.filter((name) => name in item).map((name) => [name, item[name]])));
}

function placed(kept: Kept, pk: string, sk: string, item: Item): void {
  const partition = kept.get(pk) ?? new Map<string, Item>();
  kept.set(pk, partition.set(sk, item));
}

const asking = ({ Put, Update, Delete, ConditionCheck }: Action): Keyed => (Put ?? Update ?? Delete ?? ConditionCheck)!;
const keyOf = ({ Item, Key }: Keyed): Item => (Key ?? Item)!;
const contextOf = ({
  ExpressionAttributeNames: names = {},
  ExpressionAttributeValues: values = {},
}: Keyed): Context => ({
  names,
  values,
});
