import { SearchOutlined } from "@ant-design/icons";
import { Button, Input, type InputRef } from "antd";
import { useRef, useState } from "react";
import { type IdentityNumber, identityNumberFaults, readIdentityNumber } from "../../../shared/person.ts";
import { useKeys } from "../keyboard.ts";
import { Reason } from "./reason.tsx";
import { Wrong } from "./tell.tsx";

/** 按身份证号查人 · one person by number, with a reason that is kept; / begins to type. */
export function FindByNumber({
  reasons,
  find,
  isPending,
  error,
}: {
  reasons: readonly string[];
  find: (asked: { identityNumber: IdentityNumber; reason: string }) => void;
  isPending: boolean;
  error: Error | null;
}) {
  const box = useRef<InputRef>(null);
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  useKeys({ "/": () => box.current?.focus({ cursor: "all" }) });
  const read = readIdentityNumber(typed);
  const isWrong = typed.replace(/\s/g, "").length >= 18 && !read.ok;
  const why = reason.trim();
  const isGood = read.ok && why.length >= 4;
  return (
    <section className="card panel search" aria-label="查询条件">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (read.ok && isGood && !isPending) find({ identityNumber: read.number, reason: why });
        }}
      >
        <div className="fields">
          <span>
            <label htmlFor="identity-number">身份证号</label>
            <Input
              id="identity-number"
              ref={box}
              autoFocus
              className="number"
              autoComplete="off"
              maxLength={22}
              value={typed}
              {...(isWrong && { status: "error" as const })}
              onChange={({ target }) => setTyped(target.value)}
            />
          </span>
          <Reason value={reason} change={setReason} usual={[...reasons]} />
          <Button type="primary" htmlType="submit" icon={<SearchOutlined />} disabled={!isGood} loading={isPending}>
            查询
          </Button>
        </div>
      </form>
      {isWrong && (
        <p className="wrong" role="alert">
          身份证号{identityNumberFaults[read.why]}。
        </p>
      )}
      <Wrong error={error} />
      <p className="muted">只能查到本辖区的人。每次查询和理由都会留下记录，审计可以看到。</p>
    </section>
  );
}
