import encodeQR from "qr";
import { dayShown } from "../../../../shared/day.ts";
import type { Reply } from "../../api.ts";
import { inFours, money } from "../../figures.ts";
import { clockTime } from "../../parts/moment.ts";
import { Line, Slip } from "../../parts/slip.tsx";

type Receipt = Reply<"counter.receipt">["receipts"][number];
type PaperCode = Reply<"credentials-agency.paper">;

/** 核验码凭条. */
export const CodeSlip = ({ code, until, name }: { code: string; until: number; name: string }) => (
  <Slip title="医保核验码">
    <p>{name}</p>
    <p className="slip-code">{inFours(code)}</p>
    <p>{clockTime(until)} 前有效，只能用一次</p>
    <p>打开手机上的居民医保，在“再核验一次”里选“窗口核验码”，填上面的数字。请不要告诉任何人，包括自称工作人员的人。</p>
  </Slip>
);

/** 纸质码 · good until the week ends, and only beside the identity card. */
export const PaperCodeSlip = ({ paper: { text, paperNo, name, from, until } }: { paper: PaperCode }) => (
  <Slip title="纸质医保码">
    <p>{name}</p>
    <img
      className="slip-qr"
      alt="纸质医保码"
      src={encodeQR(text, "data-url", { ecc: "medium", encoding: "alphanumeric", border: 4, scale: 6 })}
    />
    <p>
      {dayShown(from)} 到 {dayShown(until)} 有效
    </p>
    <p>
      <b>要和身份证一起用。</b>窗口看过身份证、是同一个人，才能用这张纸。
    </p>
    <p>纸丢了，请打12393挂失，或到窗口换一张：换了以后，这一张就作废。</p>
    <p>编号 {inFours(paperNo)}</p>
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
