import { CheckCircleFilled, SendOutlined } from "@ant-design/icons";
import { Button, Checkbox, Input, type InputRef, Segmented } from "antd";
import { useEffect, useRef, useState } from "react";
import { normalName } from "../../../../shared/person.ts";
import { useAct } from "../../api.ts";
import { Wrong } from "../../parts/tell.tsx";
import { type Upload, Uploads, uploadsReady } from "../../parts/uploads.tsx";
import type { Filing, FilingAsked, FilingOptions } from "./words.tsx";

type Way = FilingAsked["consent"]["by"];
const ways: Readonly<Record<Way, string>> = { code: "发验证码给本人", paper: "上传本人签的委托书" };

/** 本人同意 · by the code that was sent to their telephone and that they read out, or by a paper that they signed. */
export function ConsentStep({
  person: { personNo, telephone },
  destination,
  done,
}: {
  person: Filing["person"];
  /** Where to: the message says it, and the code is good for nowhere else. */
  destination: string;
  done: (consent: FilingAsked["consent"]) => void;
}) {
  const send = useAct("filings-agency.consent");
  const [way, setWay] = useState<Way>(telephone === null ? "paper" : "code");
  const [code, setCode] = useState("");
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const box = useRef<InputRef>(null);
  useEffect(() => {
    if (send.data) box.current?.focus();
  }, [send.data]);
  const paper = uploads[0]?.attachmentNo;
  const typed = code.replace(/\s/g, "");
  const consent =
    way === "code"
      ? /^\d{6}$/.test(typed) && send.data
        ? ({ by: "code", code: typed } as const)
        : null
      : paper
        ? ({ by: "paper", attachmentNo: paper } as const)
        : null;
  return (
    <form
      className="decision"
      onSubmit={(event) => {
        event.preventDefault();
        if (consent) done(consent);
      }}
    >
      <p>替人办事，先要本人同意。没有本人同意，不能提交。</p>
      {telephone === null ? (
        <p className="band attention">没有登记手机号，发不了验证码：请上传本人签字的委托书。</p>
      ) : (
        <Segmented<Way>
          aria-label="怎么同意"
          value={way}
          options={(Object.keys(ways) as Way[]).map((value) => ({ value, label: ways[value] }))}
          onChange={setWay}
        />
      )}
      {way === "code" ? (
        <>
          <div className="filing-bill">
            <Button
              icon={<SendOutlined />}
              autoFocus
              loading={send.isPending}
              onClick={() => send.mutate({ params: { personNo }, body: { destination } })}
            >
              {send.data ? "再发一次" : `发到 ${telephone}`}
            </Button>
            {send.data && (
              <span className="status done" role="status">
                <CheckCircleFilled /> 已发到 {send.data.telephone}，{send.data.validMinutes} 分钟内有效
              </span>
            )}
          </div>
          <Wrong error={send.error} />
          <label htmlFor="consent-code">本人念的 6 位验证码</label>
          <Input
            id="consent-code"
            ref={box}
            className="number filing-code"
            inputMode="numeric"
            autoComplete="off"
            maxLength={7}
            disabled={!send.data}
            value={code}
            onChange={({ target }) => setCode(target.value)}
          />
        </>
      ) : (
        <>
          <p className="muted">委托书上要写明替谁、办异地就医备案、去哪里，有本人签名和日期。</p>
          <Uploads
            personNo={personNo}
            purpose="filing-consent"
            most={1}
            title="委托书"
            uploads={uploads}
            change={setUploads}
          />
        </>
      )}
      <div>
        <Button type="primary" htmlType="submit" disabled={!consent}>
          下一步
        </Button>
      </div>
    </form>
  );
}

/** What stands behind the application, and what will come of it, in words. */
export interface EvidenceGiven {
  readonly attachmentNos: string[];
  readonly commitment: FilingAsked["commitment"];
  readonly words: string;
  readonly will: string;
}

const evidences = { papers: "有证明材料", commitment: "签承诺书代替" } as const;
type EvidenceBy = keyof typeof evidences;

/** 材料或承诺 · what the kind asks for: nothing, a paper, or a commitment that the person signs with their name. */
export function EvidenceStep({
  personNo,
  name,
  options,
  kind,
  before,
  done,
}: {
  personNo: string;
  name: string;
  options: FilingOptions;
  kind: FilingOptions["kinds"][number];
  /** What was uploaded before. */
  before: readonly Upload[];
  done: (given: EvidenceGiven, uploads: readonly Upload[]) => void;
}) {
  const { papers, commitment } = kind;
  const [by, setBy] = useState<EvidenceBy>("papers");
  const [uploads, setUploads] = useState(before);
  const [read, setRead] = useState(false);
  const [signed, setSigned] = useState("");
  const isSigned = read && normalName(signed) === normalName(name);
  const follows = commitment.proofWithinMonths;
  const nothing = { attachmentNos: [], commitment: null };
  const sure = (): EvidenceGiven | null => {
    if (papers.length === 0) return { ...nothing, words: "不要材料", will: "按规定当场生效。" };
    if (by === "papers") {
      const attachmentNos = uploads.flatMap((one) => one.attachmentNo ?? []);
      return uploadsReady(uploads) && attachmentNos.length > 0
        ? {
            ...nothing,
            attachmentNos,
            words: `${attachmentNos.length} 份材料`,
            will: `由另一位经办人员审核，${options.decidedWithinDays} 天内有结果。`,
          }
        : null;
    }
    return isSigned
      ? {
          ...nothing,
          commitment: { version: options.commitment.version, signedName: signed.trim() },
          words: "签了承诺书",
          will: `当场生效${follows === null ? "" : `，${follows} 个月内要补交证明`}。`,
        }
      : null;
  };
  const answer = sure();
  return (
    <form
      className="decision"
      onSubmit={(event) => {
        event.preventDefault();
        if (answer) done(answer, uploads);
      }}
    >
      {papers.length === 0 ? (
        <p className="filing-nothing">
          <CheckCircleFilled /> {kind.name}不要证明材料，可以直接提交。
        </p>
      ) : (
        <>
          {commitment.accepted && (
            <Segmented<EvidenceBy>
              aria-label="凭什么"
              value={by}
              options={(Object.keys(evidences) as EvidenceBy[]).map((value) => ({ value, label: evidences[value] }))}
              onChange={setBy}
            />
          )}
          {by === "papers" ? (
            <>
              <p>交下面任意一种就行：{papers.map((one) => one.name).join("；")}。</p>
              <Uploads
                personNo={personNo}
                purpose="filing-paper"
                most={6}
                title="证明材料"
                uploads={uploads}
                change={setUploads}
              />
            </>
          ) : (
            <>
              <ol className="sentences">
                {options.commitment.sentences.map((one) => (
                  <li key={one}>{one}</li>
                ))}
              </ol>
              <Checkbox autoFocus checked={read} onChange={({ target }) => setRead(target.checked)}>
                已经一句一句念给本人听，本人愿意承诺
              </Checkbox>
              <label htmlFor="signed-name">本人签名（照证件上的姓名）</label>
              <Input
                id="signed-name"
                className="filing-code"
                autoComplete="off"
                maxLength={60}
                value={signed}
                {...(signed.trim().length >= name.length &&
                  normalName(signed) !== normalName(name) && { status: "error" as const })}
                onChange={({ target }) => setSigned(target.value)}
              />
            </>
          )}
        </>
      )}
      <div>
        <Button type="primary" htmlType="submit" disabled={!answer}>
          核对，准备提交
        </Button>
      </div>
    </form>
  );
}
