import { Input, type InputRef, Segmented } from "antd";
import type { Ref } from "react";
import { identityNumberFaults, readIdentityNumber } from "../../../shared/person.ts";
import type { Body, Reply } from "../api.ts";

/** Whoever was found at the counter. */
export type Found = Reply<"counter.find">;
export type PaperSeen = Body<"counter.code">["seen"];

/** 看过的证件 · what an officer can have seen of whoever stands before them. */
export const papers: Record<PaperSeen, string> = {
  "identity-card": "居民身份证",
  "household-book": "户口簿",
  "social-card": "社会保障卡",
};

/** Chooses the paper that was seen. */
export const PaperChoice = ({ value, choose }: { value: PaperSeen; choose: (paper: PaperSeen) => void }) => (
  <Segmented<PaperSeen>
    aria-label="看过的证件"
    value={value}
    options={(Object.keys(papers) as PaperSeen[]).map((one) => ({ value: one, label: papers[one] }))}
    onChange={choose}
  />
);

/** Name and identity number as they are copied from a paper. */
interface Copied {
  readonly name: string;
  readonly typed: string;
}

export const nothingCopied: Copied = { name: "", typed: "" };

/** What was copied, once it can be somebody's. */
export function readCopied({ name, typed }: Copied): { name: string; identityNumber: string } | null {
  const read = readIdentityNumber(typed);
  return name.trim() !== "" && read.ok ? { name: name.trim(), identityNumber: read.number } : null;
}

/** 照着证件填 · both fields, with what is wrong with the number once it is whole; `id` tells them from others of the page. */
export function PaperFields({
  id = "",
  value: { name, typed },
  change,
  autoFocus = false,
  box,
}: {
  id?: string;
  value: Copied;
  change: (copied: Copied) => void;
  autoFocus?: boolean;
  box?: Ref<InputRef>;
}) {
  const read = readIdentityNumber(typed);
  const isWrong = typed.replace(/\s/g, "").length >= 18 && !read.ok;
  const [nameId, numberId, faultId] = [`${id}name`, `${id}identity-number`, `${id}identity-number-fault`];
  return (
    <>
      <label htmlFor={nameId}>姓名</label>
      <Input
        id={nameId}
        {...(box && { ref: box })}
        autoFocus={autoFocus}
        autoComplete="off"
        maxLength={60}
        value={name}
        onChange={(event) => change({ name: event.target.value, typed })}
      />
      <label htmlFor={numberId}>身份证号</label>
      <Input
        id={numberId}
        className="number"
        autoComplete="off"
        maxLength={22}
        value={typed}
        {...(isWrong && { status: "error" as const, "aria-describedby": faultId })}
        onChange={(event) => change({ name, typed: event.target.value })}
      />
      {isWrong && (
        <p className="wrong" id={faultId} role="alert">
          身份证号{identityNumberFaults[read.why]}。
        </p>
      )}
    </>
  );
}
