export type Item = Record<string, unknown>;

/** What the placeholders of an expression stand for. */
export interface Context {
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

type Holds = (item: Item | undefined, context: Context) => boolean;
type Value = (item: Item | undefined, context: Context) => unknown;
type Change = (item: Item, context: Context, changed: Item) => void;

/** A value as it is stored: a copy of its own, without what is undefined. */
export function copy<T>(value: T): T {
  if (value === null || typeof value !== "object") return value;
  if (value instanceof Set) return new Set(value) as T;
  if (Array.isArray(value)) return value.map(copy) as T;
  const made: Item = {};
  for (const [name, one] of Object.entries(value)) if (one !== undefined) made[name] = copy(one);
  return made as T;
}

/** Are two stored values the same, whatever the order of names in them? */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return false;
  if (a instanceof Set || b instanceof Set) {
    return a instanceof Set && b instanceof Set && a.size === b.size && [...a].every((one) => b.has(one));
  }
  const names = (of: object) => Object.keys(of).filter((name) => (of as Item)[name] !== undefined);
  const mine = names(a);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    mine.length === names(b).length &&
    mine.every((name) => same((a as Item)[name], (b as Item)[name]))
  );
}

const kept = <T>(read: (written: string) => T) => {
  const known = new Map<string, T>();
  return (written: string): T => {
    const found = known.get(written) ?? read(written);
    known.set(written, found);
    return found;
  };
};

/** Does an item fulfil a condition expression? */
export const condition: (written: string) => Holds = kept((written) => {
  const reader = new Reader(written);
  const holds = reader.either();
  reader.end();
  return holds;
});

/** What an update expression makes of an item. */
export const update: (written: string) => (item: Item, context: Context) => Item = kept((written) => {
  const reader = new Reader(written);
  const changes = reader.changes();
  return (item, context) => {
    const changed = copy(item);
    for (const change of changes) change(item, context, changed);
    return changed;
  };
});

const comparisons: Record<string, (a: string | number, b: string | number) => boolean> = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};
const clauses = ["SET", "REMOVE", "ADD", "DELETE"];

/** Reads the expressions of DynamoDB, as many of them as our functions write. */
class Reader {
  readonly #written: string;
  readonly #tokens: string[];
  #at = 0;
  constructor(written: string) {
    this.#written = written;
    this.#tokens = written.match(/[:#]?\w+|<=|>=|<>|[=<>(),.+-]/g) ?? [];
  }

  #next(): string | undefined {
    return this.#tokens[this.#at];
  }
  #took(token: string): boolean {
    if (this.#next() !== token) return false;
    this.#at += 1;
    return true;
  }
  #must(token: string): void {
    if (!this.#took(token)) throw new Error(`not understood at "${this.#next()}": ${this.#written}`);
  }
  end(): void {
    if (this.#next() !== undefined) throw new Error(`not understood at "${this.#next()}": ${this.#written}`);
  }

  either(): Holds {
    const parts = [this.#both()];
    while (this.#took("OR")) parts.push(this.#both());
    return (...of) => parts.some((holds) => holds(...of));
  }

  #both(): Holds {
    const parts = [this.#one()];
    while (this.#took("AND")) parts.push(this.#one());
    return (...of) => parts.every((holds) => holds(...of));
  }

  #one(): Holds {
    if (this.#took("NOT")) {
      const holds = this.#one();
      return (...of) => !holds(...of);
    }
    if (this.#took("(")) {
      const holds = this.either();
      this.#must(")");
      return holds;
    }
    for (const name of ["attribute_exists", "attribute_not_exists"]) {
      if (this.#took(name)) {
        const [value] = this.#arguments();
        return (...of) => (value!(...of) !== undefined) === (name === "attribute_exists");
      }
    }
    if (this.#took("begins_with")) {
      const [value, start] = this.#arguments();
      return (...of) => String(value!(...of) ?? "").startsWith(String(start!(...of)));
    }
    return this.#comparison();
  }

  #arguments(): Value[] {
    this.#must("(");
    const values = [this.#operand()];
    while (this.#took(",")) values.push(this.#operand());
    this.#must(")");
    return values;
  }

  #comparison(): Holds {
    const left = this.#operand();
    if (this.#took("BETWEEN")) {
      const from = this.#operand();
      this.#must("AND");
      const until = this.#operand();
      return (...of) => compared("<=", from(...of), left(...of)) && compared("<=", left(...of), until(...of));
    }
    const sign = this.#next() ?? "";
    this.#at += 1;
    const right = this.#operand();
    if (sign === "=") return (...of) => left(...of) !== undefined && same(left(...of), right(...of));
    if (sign === "<>") return (...of) => !same(left(...of), right(...of));
    if (!comparisons[sign]) throw new Error(`not understood at "${sign}": ${this.#written}`);
    return (...of) => compared(sign, left(...of), right(...of));
  }

  #operand(): Value {
    if (this.#took("if_not_exists")) {
      const [value, otherwise] = this.#arguments();
      return (...of) => value!(...of) ?? otherwise!(...of);
    }
    const token = this.#next() ?? "";
    if (token.startsWith(":")) {
      this.#at += 1;
      return (_, { values }) => {
        if (!(token in values)) throw new Error(`${token} has no value: ${this.#written}`);
        return values[token];
      };
    }
    const path = this.#path();
    return (item, context) => path(context).reduce<unknown>((at, name) => (at as Item | undefined)?.[name], item);
  }

  #path(): (context: Context) => string[] {
    const parts: string[] = [];
    do {
      const token = this.#next() ?? "";
      if (!/^#?\w+$/.test(token)) throw new Error(`not understood at "${token}": ${this.#written}`);
      this.#at += 1;
      parts.push(token);
    } while (this.#took("."));
    return ({ names }) => parts.map((part) => (part.startsWith("#") ? names[part]! : part));
  }

  changes(): Change[] {
    const changes: Change[] = [];
    while (this.#next() !== undefined) {
      const clause = this.#next()!;
      if (!clauses.includes(clause)) throw new Error(`not understood at "${clause}": ${this.#written}`);
      this.#at += 1;
      do changes.push(this.#change(clause));
      while (this.#took(","));
    }
    return changes;
  }

  #change(clause: string): Change {
    const path = this.#path();
    if (clause === "REMOVE") return (_, context, changed) => void placed(changed, path(context), undefined);
    if (clause === "ADD") {
      const value = this.#operand();
      return (item, context, changed) => {
        const [name = ""] = path(context);
        changed[name] = added(item[name], value(item, context));
      };
    }
    if (clause !== "SET") throw new Error(`${clause} is not spoken here: ${this.#written}`);
    this.#must("=");
    const first = this.#operand();
    const more = this.#took("+") ? this.#operand() : null;
    return (item, context, changed) => {
      const value = first(item, context);
      placed(changed, path(context), copy(more ? Number(value) + Number(more(item, context)) : value));
    };
  }
}

function compared(sign: string, a: unknown, b: unknown): boolean {
  const alike = typeof a === typeof b && (typeof a === "string" || typeof a === "number");
  return alike && comparisons[sign]!(a as string, b as string);
}

function placed(item: Item, path: readonly string[], value: unknown): void {
  const [name = "", ...rest] = path;
  if (rest.length > 0) placed(item[name] as Item, rest, value);
  else if (value === undefined) delete item[name];
  else item[name] = value;
}

function added(to: unknown, more: unknown): unknown {
  if (more instanceof Set) return new Set([...((to as Set<unknown> | undefined) ?? []), ...more]);
  return Number(to ?? 0) + Number(more);
}
