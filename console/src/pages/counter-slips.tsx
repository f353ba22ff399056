import type { ReactNode } from "react";
import { dayShown } from "../../../shared/day.ts";
import type { Receipt } from "../api.ts";
import { useDesk } from "../desk.tsx";
import { money } from "../figures.ts";
import { clockTime, inFours } from "./counter-words.tsx";

/** A slip of paper for whoever stands at the counter. */
function Slip({ title, children }: { title: string; children: ReactNode }) {
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

/** 核验码凭条. */
export const CodeSlip = ({ code, until, name }: { code: string; until: number; name: string }) => (
  <Slip title="医保核验码">
    <p>{name}</p>
    <p className="slip-code">{inFours(code)}</p>
    <p>{clockTime(until)} 前有效，只能用一次</p>
    <p>打开手机上的居民医保，在“再核验一次”里选“窗口核验码”，填上面的数字。请不要告诉任何人，包括自称工作人员的人。</p>
  </Slip>
);

/** 缴费票据 · of the people of one order: what was paid for each, from which day it covers, and how to check it. */
export const ReceiptSlips = ({ receipts, orderNo }: { receipts: readonly Receipt[]; orderNo: string }) => (
  <>
    {receipts.map(({ number, checkCode, name, benefitYear, amount, subsidised, coverFrom, areaName, unitName }) => (
      <Slip key={number} title="城乡居民医保缴费票据">
        <table>
          <tbody>
            <Line title="姓名">{name}</Line>
            <Line title="统筹区">{areaName}</Line>
            <Line title="登记地">{unitName}</Line>
            <Line title="年度">{benefitYear}</Line>
            <Line title="生效日">{dayShown(coverFrom)}</Line>
            <Line title="本人缴费">{money(amount)}</Line>
            {subsidised !== "0.00" && <Line title="财政、救助资助">{money(subsidised)}</Line>}
            <Line title="票据号">{inFours(number)}</Line>
            <Line title="校验码">{inFours(checkCode)}</Line>
            <Line title="缴费单号">{orderNo}</Line>
          </tbody>
        </table>
        <p className="slip-sign">收款人签字：</p>
      </Slip>
    ))}
  </>
);

const Line = ({ title, children }: { title: string; children: ReactNode }) => (
  <tr>
    <th>{title}</th>
    <td className="left">{children}</td>
  </tr>
);
