import { UserSwitchOutlined } from "@ant-design/icons";
import { Button, type InputRef } from "antd";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { dayShown } from "../../../../shared/day.ts";
import { useAct } from "../../api.ts";
import { useTitle } from "../../desk.tsx";
import { useKeys } from "../../keyboard.ts";
import { Fact } from "../../parts/facts.tsx";
import { Page } from "../../parts/page.tsx";
import {
  type Found,
  nothingCopied,
  PaperChoice,
  PaperFields,
  type PaperSeen,
  papers,
  readCopied,
} from "../../parts/seen.tsx";
import { Wrong } from "../../parts/tell.tsx";
import { CodeCard, RecoveryCard, TelephoneCard } from "./actions.tsx";
import { CashCard, PayOutCard } from "./cash.tsx";
import { PaperCodeCard, SocialCard } from "./codes.tsx";
import { FamilyCard } from "./family.tsx";
import { LinesCard } from "./lines.tsx";
import type { Visitor } from "./visitor.ts";
import "./counter.css";

/** 窗口办理 · who stands at the counter, and all that can be done for them on one page; nothing of them in the address. */
export default function CounterPage() {
  const [visitor, setVisitor] = useState<Visitor | null>(null);
  useTitle("窗口办理");
  return visitor ? (
    <AtTheCounter visitor={visitor} change={setVisitor} next={() => setVisitor(null)} />
  ) : (
    <Find found={setVisitor} />
  );
}

function Find({ found }: { found: (visitor: Visitor) => void }) {
  const find = useAct("counter.find");
  const box = useRef<InputRef>(null);
  const [copied, setCopied] = useState(nothingCopied);
  const [seen, setSeen] = useState<PaperSeen>("identity-card");
  useKeys({ "/": () => box.current?.focus() });
  const asked = readCopied(copied);
  const submit = () => {
    if (!asked || find.isPending) return;
    find.mutate({ body: asked }, { onSuccess: (person) => found({ person, seen }) });
  };
  return (
    <Page above="服务窗口" title="窗口办理">
      <form
        className="card panel find"
        aria-label="找人"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <h2>请来人出示证件，照着证件填</h2>
        <PaperFields value={copied} change={setCopied} box={box} autoFocus />
        <span>看的是哪种证件</span>
        <PaperChoice value={seen} choose={setSeen} />
        <Wrong error={find.error} />
        <Button type="primary" size="large" htmlType="submit" disabled={!asked} loading={find.isPending}>
          找到这个人
        </Button>
        <p className="muted">只能找到本辖区登记的人。每次查找、看过什么证件、办了什么，都会留下记录。</p>
      </form>
    </Page>
  );
}

function AtTheCounter({
  visitor,
  change,
  next,
}: {
  visitor: Visitor;
  change: (visitor: Visitor) => void;
  next: () => void;
}) {
  const { person, seen } = visitor;
  const heading = useRef<HTMLHeadingElement>(null);
  const [paper, setPaper] = useState<ReactNode>(null);
  const know = (news: Partial<Found>) => change({ ...visitor, person: { ...person, ...news } });
  useEffect(() => heading.current?.focus(), []);
  useKeys({ n: next });
  // The slip must stand on the page before the printer's dialog opens.
  useEffect(() => {
    if (paper) window.print();
  }, [paper]);
  return (
    <>
      <Page
        above="服务窗口"
        title={person.name}
        number={person.identityNumber}
        heading={heading}
        tools={
          <>
            <span className="muted">看过的证件</span>
            <PaperChoice value={seen} choose={(one) => change({ ...visitor, seen: one })} />
            <Button icon={<UserSwitchOutlined />} onClick={next}>
              办完了，下一位 <kbd>n</kbd>
            </Button>
          </>
        }
        onScreenOnly={paper ? "page" : false}
      >
        {person.deceased && (
          <p className="band stop" role="alert">
            登记信息显示此人已经去世，只能解除手机绑定、办理退费。如有误，请先更正登记。
          </p>
        )}
        <div className="counter">
          <div className="counter-facts">
            <Facts visitor={visitor} />
            <PayOutCard visitor={visitor} />
          </div>
          <div className="counter-actions">
            {!person.deceased && (
              <>
                <CodeCard visitor={visitor} print={setPaper} />
                <TelephoneCard visitor={visitor} know={know} />
                <CashCard visitor={visitor} print={setPaper} />
              </>
            )}
            <RecoveryCard visitor={visitor} know={know} />
            {!person.deceased && <PaperCodeCard visitor={visitor} print={setPaper} />}
            {!person.deceased && <SocialCard visitor={visitor} />}
            {!person.deceased && <FamilyCard visitor={visitor} />}
            <LinesCard person={person} />
          </div>
        </div>
      </Page>
      {paper}
    </>
  );
}

const signIns = { wechat: "微信", telephone: "短信验证码" } as const;
const proofs = { telephone: "登记手机短信", counter: "窗口核验码", face: "人脸" } as const;

function Facts({ visitor: { person, seen } }: { visitor: Visitor }) {
  const { unitName, telephone, telephoneConfirmedOn, accounts } = person;
  return (
    <section className="card panel" aria-label="登记信息">
      <h2>登记信息</h2>
      <dl className="facts">
        <Fact title="登记地">{unitName}</Fact>
        <Fact title="证件">已看{papers[seen]}</Fact>
        <Fact title="手机号">
          {telephone === null ? (
            <span className="muted">没有登记</span>
          ) : (
            <>
              <span className="number">{telephone}</span>
              <div className="muted">
                {telephoneConfirmedOn ? `${dayShown(telephoneConfirmedOn)}确认过` : "还没有确认过是本人的"}
              </div>
            </>
          )}
        </Fact>
        <Fact title="绑定的账号">
          {accounts.length === 0 && <span className="muted">还没有手机绑定此人</span>}
          {accounts.map(({ signedInBy, boundOn, provenBy, provenOn }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list is only ever replaced whole, and an account has no name here.
            <div key={i}>
              {signIns[signedInBy]}登录，{dayShown(boundOn)}绑定
              <div className="muted">
                {provenBy && provenOn ? `${dayShown(provenOn)}用${proofs[provenBy]}核验过` : "还没有第二次核验"}
              </div>
            </div>
          ))}
        </Fact>
      </dl>
    </section>
  );
}
