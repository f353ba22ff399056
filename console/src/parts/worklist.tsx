import type { ReactNode } from "react";
import { useRowKeys } from "../keyboard.ts";
import { Empty } from "./tell.tsx";
import "./waits.css";

/** 待办 · a list at the left, what is chosen in it at the right; j and k walk, the page's own keys decide. */
export function Worklist<T>({
  name,
  items,
  keyOf,
  chosen,
  choose,
  row,
  empty,
  children,
}: {
  name: string;
  items: readonly T[];
  keyOf: (item: T) => string;
  chosen: T | undefined;
  choose: (key: string) => void;
  row: (item: T) => ReactNode;
  empty: string;
  children: ReactNode;
}) {
  useRowKeys();
  if (items.length === 0) {
    return (
      <section className="card panel" aria-label={name}>
        <Empty>{empty}</Empty>
      </section>
    );
  }
  return (
    <div className="worklist">
      <section className="card worklist-rows" aria-label={name}>
        {items.map((item) => (
          <button
            key={keyOf(item)}
            type="button"
            data-row
            className="worklist-row"
            aria-current={item === chosen}
            onClick={() => choose(keyOf(item))}
            onFocus={() => choose(keyOf(item))}
          >
            {row(item)}
          </button>
        ))}
      </section>
      {children}
    </div>
  );
}
