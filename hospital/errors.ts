import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type RefusalCode, refusals } from "../shared/refusal.ts";
import { gatewayCodes, type Remedy, remedies } from "./remedies.ts";

/** 错误码文档 · written from the table of refusals; a test holds it and the code together. */
export function errorsDocument(): string {
  const row = (code: RefusalCode) => `| \`${code}\` | ${refusals[code][1]} |`;
  const codes = Object.entries(gatewayCodes) as [RefusalCode, Remedy][];
  return [
    "# 错误码 · Error codes",
    "",
    "Written by `npm run errors` from `shared/refusal.ts` and `hospital/remedies.ts`; a test holds it to the code.",
    "",
    "拒绝是一条应答：状态码 −1，错误信息写成“[错误码] 一句话”。括号里可能还有一句，说明是哪条明细、哪个字段。拒绝了就是什么也没有办。",
    "",
    "A refusal is an answer with state −1, whose message reads `[code] sentence`; a bracket in it may name the line or the field.",
    "What is refused has not been done, nothing of it.",
    "",
    "没有应答、HTTP 5xx、连接断开：不知道办了没有。把同一条报文再发一次（编号和内容不变，重新签名），办过就答原来的应答；或用2601冲正原报文编号，再用新编号重新办。不要不冲正就换编号重发。",
    "",
    "No answer, HTTP 5xx, a broken connection: nobody knows whether it was done. Send the same message again (same number, same",
    "content, signed anew): what was done is answered and not repeated. Or take it back with 2601 by its number and start anew",
    "under another. Never send it under a new number without that.",
    "",
    "超过200,000字节的报文在读以前就被拒绝：HTTP 413，正文是JSON，没有信封。· A body over 200,000 bytes is refused before it is read:",
    "HTTP 413 with plain JSON and no envelope (`too-large`).",
    ...(Object.entries(remedies) as [Remedy, (typeof remedies)[Remedy]][]).flatMap(([remedy, { zh, en }]) => [
      "",
      `## ${zh}`,
      "",
      en,
      "",
      "| 错误码 code | 意思 sentence |",
      "| --- | --- |",
      ...codes.filter(([, one]) => one === remedy).map(([code]) => row(code)),
    ]),
    "",
  ].join("\n");
}

const path = join(import.meta.dirname, "ERRORS.md");
/** The document as it stands. */
export const errorsWritten = (): string => readFileSync(path, "utf8");

if (process.argv[1] === import.meta.filename) writeFileSync(path, errorsDocument());
