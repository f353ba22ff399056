import { CheckCircleFilled, PrinterOutlined, UserSwitchOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Link } from "react-router";
import { dayShown } from "../../../../shared/day.ts";
import { inFours } from "../../figures.ts";
import { useKeys } from "../../keyboard.ts";
import { Fact } from "../../parts/facts.tsx";
import { Page } from "../../parts/page.tsx";
import { FilingSlip } from "./slip.tsx";
import { daysWords, type Filing, FilingStateOf, filingPath } from "./words.tsx";

/** 办好了 · the number, what comes next and by when, and a slip for the person. */
export function AgentDone({ filing, next }: { filing: Filing; next: () => void }) {
  const [slip, setSlip] = useState<ReactNode>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const print = () => setSlip(<FilingSlip key={Date.now()} filing={filing} />);
  useKeys({ p: print });
  useEffect(() => heading.current?.focus(), []);
  // The slip must stand on the page before the printer's dialog opens.
  useEffect(() => {
    if (slip) window.print();
  }, [slip]);
  const { person, filingNo, kindName, destination, sentence, dueOn, proofBy } = filing;
  return (
    <>
      <Page
        above="代办备案"
        title={
          <>
            <CheckCircleFilled className="filing-done" /> 已经提交
          </>
        }
        small={person.name}
        heading={heading}
        onScreenOnly={slip ? "page" : false}
      >
        <section className="card panel filing-result-card" aria-label="结果">
          <p className="headline">
            <FilingStateOf of={filing} />
          </p>
          <p>{sentence}</p>
          <dl className="facts">
            <Fact title="备案号">
              <b className="number">{inFours(filingNo)}</b>
            </Fact>
            <Fact title="人员类别">{kindName}</Fact>
            <Fact title="就医地">{destination.name}</Fact>
            <Fact title="什么时候">{daysWords(filing)}</Fact>
            {dueOn && <Fact title="什么时候有结果">最晚{dayShown(dueOn)}，由另一位经办人员审核</Fact>}
            {proofBy && <Fact title="补交证明">{dayShown(proofBy)}以前</Fact>}
          </dl>
          <p className="muted">本人会收到消息；不是本人同意的，可以拨打12393。</p>
          <div className="card-actions">
            <Button type="primary" icon={<PrinterOutlined />} onClick={print}>
              打印回执单 <kbd>p</kbd>
            </Button>
            <Link className="button" to={filingPath(filing, "filing-find")}>
              看这个备案
            </Link>
            <Button icon={<UserSwitchOutlined />} onClick={next}>
              下一位 <kbd>n</kbd>
            </Button>
          </div>
        </section>
      </Page>
      {slip}
    </>
  );
}
