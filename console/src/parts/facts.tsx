import type { ReactNode } from "react";
import { money } from "../figures.ts";

/** 金额 · ¥1,840.00, in figures of one width. */
export const Amount = ({ of }: { of: string }) => <span className="number">{money(of)}</span>;

/** One line of `dl.facts`: what it is, and what is known of it. */
export const Fact = ({ title, children }: { title: string; children: ReactNode }) => (
  <div>
    <dt>{title}</dt>
    <dd>{children}</dd>
  </div>
);
