import { EditOutlined } from "@ant-design/icons";
import { Button, Tooltip } from "antd";
import { useState } from "react";
import { Link, useLocation, useNavigate } from "react-router";
import { dayShown } from "../../../../shared/day.ts";
import { alive, type ProviderEvent, providerEvents } from "../../../../shared/provider/agreement.ts";
import { hospitalLevels, levelNames, ownerships, providerKinds } from "../../../../shared/provider/provider.ts";
import { live, useRead } from "../../api.ts";
import { useDesk, useTitle } from "../../desk.tsx";
import { useKeys } from "../../keyboard.ts";
import { Fact } from "../../parts/facts.tsx";
import { momentShown } from "../../parts/moment.ts";
import { Bar, Page } from "../../parts/page.tsx";
import { Failure, Waiting } from "../../parts/tell.tsx";
import { AgreementDecision } from "./decisions.tsx";
import { ChangeDialog } from "./form.tsx";
import { Keys } from "./keys.tsx";
import { levelsText, type Provider, StateOf, servicesText } from "./words.tsx";

/** 一家定点机构 · what it is, its three levels, its agreement with all that happened, its keys, and what can be done next. */
export function ProviderPage({ code }: { code: string }) {
  const provider = useRead("providers.one", { params: { code } }, live);
  const { search } = useLocation();
  const back = { pathname: "/providers", search };
  useTitle(provider.data?.name ?? "定点机构");
  if (provider.error && !provider.data) {
    return (
      <Failure error={provider.error} retry={() => void provider.refetch()}>
        <Link className="button" to={back}>
          回到名单
        </Link>
      </Failure>
    );
  }
  if (!provider.data) return <Waiting />;
  return <Whole provider={provider.data} back={back} />;
}

const agreeing: readonly ProviderEvent[] = ["evaluate", "approve", "resume"];

function Whole({ provider, back }: { provider: Provider; back: { pathname: string; search: string } }) {
  const navigate = useNavigate();
  const [asked, setAsked] = useState<ProviderEvent | null>(null);
  const [isChanging, setChanging] = useState(false);
  const { name, code, agreement, moves } = provider;
  const ask = (event: ProviderEvent | undefined) => {
    if (moves.some((one) => one.event === event && one.refusal === null)) setAsked(event ?? null);
  };
  useKeys({
    a: () => ask(moves.find(({ event }) => agreeing.includes(event))?.event),
    r: () => ask("refuse"),
    u: () => navigate(back),
  });
  return (
    <Page
      above={<Link to={back}>定点机构</Link>}
      title={name}
      number={code}
      tools={
        <>
          <StateOf agreement={agreement} />
          {alive.includes(agreement.state) && (
            <Button icon={<EditOutlined />} onClick={() => setChanging(true)}>
              变更登记
            </Button>
          )}
        </>
      }
    >
      <div className="split">
        <div className="split-side">
          <Levels provider={provider} />
          <Facts provider={provider} />
          <Keys provider={provider} />
        </div>
        <Agreement provider={provider} />
      </div>
      <Moves provider={provider} ask={ask} />
      {asked && <AgreementDecision provider={provider} event={asked} close={() => setAsked(null)} />}
      {isChanging && <ChangeDialog provider={provider} close={() => setChanging(false)} />}
    </Page>
  );
}

/** 三个等级 · each with what it decides; a change that is still to come is told. */
function Levels({ provider: { terms, allTerms } }: { provider: Provider }) {
  const { today } = useDesk();
  const coming = allTerms.filter(({ from }) => from > today);
  return (
    <section className="card panel" aria-label="三个等级">
      <h2>三个等级</h2>
      {terms ? (
        <dl className="levels">
          <div>
            <dt>医院等级</dt>
            <dd>{hospitalLevels[terms.real].name}</dd>
            <dd className="muted">医院评审的等级。协议由哪一级评估，看它。</dd>
          </div>
          <div>
            <dt>限价等级</dt>
            <dd>{levelNames[terms.price]}</dd>
            <dd className="muted">收费按这一级的最高限价，超出的部分由病人自付。</dd>
          </div>
          <div>
            <dt>起付线等级</dt>
            <dd>{levelNames[terms.deductible]}</dd>
            <dd className="muted">住院先由病人自付多少，按这一级算。</dd>
          </div>
        </dl>
      ) : (
        <p className="muted">还没有到开始计算的那一天。</p>
      )}
      {coming.map((one) => (
        <p key={`${one.from} ${levelsText(one)}`} className="band attention">
          {dayShown(one.from)}起：{levelsText(one)}；开通{servicesText(one.services)}。
        </p>
      ))}
    </section>
  );
}

function Facts({ provider }: { provider: Provider }) {
  const { kind, ownership, reformed, countyName, county, poolingArea, address, telephone, terms } = provider;
  return (
    <section className="card panel" aria-label="基本情况">
      <h2>基本情况</h2>
      <dl className="facts">
        <Fact title="类别">
          {ownerships[ownership]}
          {providerKinds[kind]}
          {reformed && "，参加公立医院改革"}
        </Fact>
        <Fact title="所在区划">
          {countyName ?? county}
          <span className="muted">
            （{county}，统筹区{poolingArea}）
          </span>
        </Fact>
        <Fact title="开通服务">{terms ? servicesText(terms.services) : "—"}</Fact>
        <Fact title="地址">{address}</Fact>
        <Fact title="电话">{telephone}</Fact>
      </dl>
    </section>
  );
}

/** 协议 · its period, who evaluates, and all that happened. */
function Agreement({ provider: { agreement, evaluation, history } }: { provider: Provider }) {
  const { from, until } = agreement;
  return (
    <section className="card panel" aria-label="协议">
      <h2>协议</h2>
      <dl className="facts">
        <Fact title="现在">
          <StateOf agreement={agreement} />
        </Fact>
        <Fact title="有效期">{from && until ? `${dayShown(from)}到${dayShown(until)}` : "还没有签"}</Fact>
        <Fact title="评估单位">
          {evaluation.unitName ?? evaluation.unit}
          <div className="muted">
            {evaluation.standing === "assumed" && <b className="assumed">暂定</b>}
            {evaluation.why}。
          </div>
        </Fact>
      </dl>
      <h3>经过</h3>
      <ol className="history" aria-label="经过">
        {history.map(({ event, on, at, by, agreedBy, reason, terms, keyNo }) => (
          <li key={`${at} ${event} ${keyNo}`}>
            <b>
              {by} {providerEvents[event]}
              {agreedBy && `，${agreedBy} 复核`}
            </b>
            <div className="muted">
              {dayShown(on)}，{reason}
            </div>
            {event === "change" && terms && (
              <div>
                {dayShown(terms.from)}起：{levelsText(terms)}；{servicesText(terms.services)}
              </div>
            )}
            {keyNo && <div className="number">{keyNo}</div>}
            <time className="muted" dateTime={new Date(at).toISOString()}>
              记录于 {momentShown(at)}
            </time>
          </li>
        ))}
      </ol>
    </section>
  );
}

const next: Partial<Record<Provider["agreement"]["state"], string>> = {
  applied: "评估通过以后，由另一位经办人员决定；登记、评估、决定必须是三个人。",
  reviewed: "同意以后协议从您选的日期起生效；登记、导入和评估的人不能决定。",
  "in-force": "中止以后不能结算新的费用，恢复以后照常；解除以后要重新申请。",
  suspended: "中止期间不能结算新的费用。恢复以后照常。",
  expired: "有效期已过，不能结算。继续定点要重新登记申请。",
  ended: "已经解除。再次定点要重新登记申请。",
  refused: "没有通过。再次定点要重新登记申请。",
  withdrawn: "已经撤回。再次定点要重新登记申请。",
};

const commands: Partial<Record<ProviderEvent, string>> = { evaluate: "a", approve: "a", resume: "a", refuse: "r" };

function Moves({ provider, ask }: { provider: Provider; ask: (event: ProviderEvent) => void }) {
  const { agreement, moves } = provider;
  const ways = moves.filter(({ event }) => event !== "apply");
  // What agrees stands last, where the hand expects it.
  const ordered = [...ways].sort((a, b) => Number(agreeing.includes(a.event)) - Number(agreeing.includes(b.event)));
  const why = ordered.at(-1)?.refusal ?? null;
  return (
    <Bar
      will={
        <>
          {next[agreement.state]}
          {why !== null && <b> {why}</b>}
        </>
      }
    >
      {ordered.map(({ event, refusal }) => (
        <Tooltip key={event} title={refusal}>
          <Button
            type={agreeing.includes(event) ? "primary" : "default"}
            danger={event === "end"}
            disabled={refusal !== null}
            onClick={() => ask(event)}
          >
            {providerEvents[event]} {commands[event] && <kbd>{commands[event]}</kbd>}
          </Button>
        </Tooltip>
      ))}
    </Bar>
  );
}
