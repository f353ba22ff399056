import { useParams } from "react-router";
import { useTitle } from "../../desk.tsx";
import { counted } from "../../figures.ts";
import { useRowKeys } from "../../keyboard.ts";
import { FindByNumber } from "../../parts/find-by-number.tsx";
import { useSearch } from "../../parts/found.ts";
import { Page } from "../../parts/page.tsx";
import { Empty } from "../../parts/tell.tsx";
import { FilingView } from "./case.tsx";
import { FilingLines, type FilingsFound, PersonFacts } from "./words.tsx";
import "./filings.css";

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
  const { found, search } = useSearch("filings-agency.find");
  useTitle("备案查询");
  useRowKeys();
  return (
    <Page above="异地就医" title="备案查询" tools={<span className="muted hint">/ 填写　j / k 选择　回车打开</span>}>
      <FindByNumber
        reasons={reasons}
        find={(body) => search.mutate({ body })}
        isPending={search.isPending}
        error={search.error}
      />
      {found && <Found key={found.person.personNo} found={found} />}
    </Page>
  );
}

function Found({ found: { person, filings, options } }: { found: FilingsFound }) {
  return (
    <div className="split">
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
