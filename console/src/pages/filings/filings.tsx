import { Segmented } from "antd";
import { useParams } from "react-router";
import { useRead } from "../../api.ts";
import { useAddress, useMe, useTitle } from "../../desk.tsx";
import { Page } from "../../parts/page.tsx";
import { Failure, Waiting } from "../../parts/tell.tsx";
import { Reread, Stale } from "../../parts/waits.tsx";
import { FilingView } from "./case.tsx";
import { FilingDestinations } from "./destinations.tsx";
import { FilingWaits } from "./waits.tsx";
import { UnitSelect, useUnit } from "./words.tsx";
import "./filings.css";

/** 备案待办 · what waits in a unit for an officer, where its people go, or one filing. */
export default function FilingsPage() {
  const { personNo, filingNo } = useParams();
  return personNo && filingNo ? (
    <FilingView key={filingNo} personNo={personNo} filingNo={filingNo} below="filings" />
  ) : (
    <Desk />
  );
}

const tabs = { waits: "等审核", where: "去哪里看病" } as const;
type Tab = keyof typeof tabs;

function Desk() {
  const me = useMe();
  const [parameters, change] = useAddress();
  const tab: Tab = parameters.get("tab") === "where" ? "where" : "waits";
  useTitle("备案待办");
  return (
    <Page
      above="异地就医"
      title="备案待办"
      small={me.unit.name}
      tools={
        <>
          <UnitSelect />
          <Segmented<Tab>
            aria-label="看什么"
            value={tab}
            options={(Object.keys(tabs) as Tab[]).map((value) => ({ value, label: tabs[value] }))}
            onChange={(one) => change({ tab: one })}
          />
        </>
      }
    >
      {tab === "where" ? <FilingDestinations /> : <Waits />}
    </Page>
  );
}

function Waits() {
  const unit = useUnit();
  const filings = useRead("filings-agency.list", { query: { unit } });
  if (filings.error && !filings.data) return <Failure error={filings.error} retry={() => void filings.refetch()} />;
  if (!filings.data) return <Waiting />;
  return (
    <>
      <Stale of={filings} />
      <FilingWaits
        key={unit}
        filings={filings.data.filings}
        more={filings.data.more}
        reload={<Reread of={filings} />}
      />
    </>
  );
}
