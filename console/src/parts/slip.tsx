import type { ReactNode } from "react";
import { dayShown } from "../../../shared/day.ts";
import { useDesk } from "../desk.tsx";
import "./slip.css";

/** 凭条 · a slip of paper for whoever stands at the counter. */
export function Slip({ title, children }: { title: string; children: ReactNode }) {
  const { officer, today, demonstration } = useDesk();
  return (
    <article className="print-only slip">
      {demonstration && <p className="print-demonstration">演示数据，都是编造的</p>}
      <h1>{title}</h1>
      {children}
      <footer>
        {officer.path.map((unit) => unit.name).join("")}　{officer.name}　{dayShown(today)}
      </footer>
    </article>
  );
}

/** One line of a slip's table. */
export const Line = ({ title, children }: { title: string; children: ReactNode }) => (
  <tr>
    <th>{title}</th>
    <td className="left">{children}</td>
  </tr>
);
