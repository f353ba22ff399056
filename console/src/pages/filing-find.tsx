import { SearchOutlined } from "@ant-design/icons";
import { Button, Input, type InputRef } from "antd";
import { useRef, useState } from "react";
import { useParams } from "react-router";
import { identityNumberFaults, readIdentityNumber } from "../../../shared/person.ts";
import { type FilingsFound, useFilingSearch, useFilingsFound } from "../api.ts";
import { useTitle } from "../desk.tsx";
import { counted } from "../figures.ts";
import { moveRow, useKeys } from "../keyboard.ts";
import { Empty, Wrong } from "../parts.tsx";
import { FilingView } from "./filing-case.tsx";
import { FilingLines, PersonFacts } from "./filing-words.tsx";
import { Reason } from "./reason.tsx";

/** 备案查询 · one person's filings, or one of them. */
export default function FilingFindPage() {
  const { personNo, filingNo } = useParams();
  return personNo && filingNo ? (
    <FilingView key={filingNo} personNo={personNo} filingNo={filingNo} below="filing-find" />
  ) : (
    <Search />
  );
}

const reasons = ["居民来电问备案", "医院来电核实备案", "核对异地就医费用"];

function Search() {
  const { data: found } = useFilingsFound();
  const search = useFilingSearch();
  const box = useRef<InputRef>(null);
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  useTitle("备案查询");
  useKeys({ j: () => moveRow(1), k: () => moveRow(-1), "/": () => box.current?.focus({ cursor: "all" }) });
  const read = readIdentityNumber(typed);
  const isWrong = typed.replace(/\s/g, "").length >= 18 && !read.ok;
  const why = reason.trim();
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <nav className="crumbs">异地就医</nav>
          <h1>备案查询</h1>
        </div>
        <div className="page-tools">
          <span className="muted hint">/ 填写　j / k 选择　回车打开</span>
        </div>
      </header>
      <section className="card panel claim-search" aria-label="查询条件">
        <form
          className="claim-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (read.ok && why.length >= 4 && !search.isPending)
              search.mutate({ identityNumber: read.number, reason: why });
          }}
        >
          <div className="fields">
            <span>
              <label htmlFor="filing-number">身份证号</label>
              <Input
                id="filing-number"
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
            <Reason value={reason} change={setReason} usual={reasons} />
            <Button
              type="primary"
              htmlType="submit"
              icon={<SearchOutlined />}
              disabled={!read.ok || why.length < 4}
              loading={search.isPending}
            >
              查询
            </Button>
          </div>
        </form>
        {isWrong && (
          <p className="wrong" role="alert">
            身份证号{identityNumberFaults[read.why]}。
          </p>
        )}
        <Wrong error={search.error} />
        <p className="muted">只能查到本辖区的人。每次查询和理由都会留下记录，审计可以看到。</p>
      </section>
      {found && <Found key={found.person.personNo} found={found} />}
    </div>
  );
}

function Found({ found: { person, filings, options } }: { found: FilingsFound }) {
  return (
    <div className="provider">
      <section className="card panel" aria-label="查询结果">
        <header className="panel-head">
          <h2>
            <span role="status">{filings.length === 0 ? "没有备案" : `${counted(filings.length)} 个备案`}</span>
          </h2>
        </header>
        {filings.length === 0 ? (
          <Empty>这个人还没有备案过。要替他办，请到“代办备案”。</Empty>
        ) : (
          <FilingLines filings={filings} below="filing-find" />
        )}
      </section>
      <section className="card panel" aria-label="这个人">
        <h2>这个人</h2>
        <PersonFacts person={person} options={options} />
      </section>
    </div>
  );
}
