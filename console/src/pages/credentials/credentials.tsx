import { PauseCircleOutlined, PlayCircleOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useRef, useState } from "react";
import { caseKinds, caseStates } from "../../../../shared/credential/case.ts";
import { dayShown } from "../../../../shared/day.ts";
import { useAct } from "../../api.ts";
import { useTitle } from "../../desk.tsx";
import { DecisionDialog } from "../../parts/decision.tsx";
import { Fact } from "../../parts/facts.tsx";
import { FindByNumber } from "../../parts/find-by-number.tsx";
import { momentShown } from "../../parts/moment.ts";
import { Page } from "../../parts/page.tsx";
import { type CredentialFound, CredentialStateOf, UsesTable } from "./words.tsx";

const reasons = ["居民来电挂失", "核查用码疑点", "核对医院反映的问题"];

/** 医保码查询 · one person's credential: its state, phones, uses; and the hand that stops it. */
export default function CredentialsPage() {
  const search = useAct("credentials-agency.find");
  /** Why they were looked for: looking again after something was done has the same reason. */
  const why = useRef("");
  useTitle("医保码查询");
  return (
    <Page above="医保码" title="医保码查询">
      <FindByNumber
        reasons={reasons}
        find={(asked) => {
          why.current = asked.reason;
          search.mutate({ body: { by: "identity-number", ...asked } });
        }}
        isPending={search.isPending}
        error={search.error}
      />
      {search.data && (
        <Found
          key={search.data.personNo}
          found={search.data}
          again={() => search.mutate({ body: { by: "person", personNo: search.data.personNo, reason: why.current } })}
        />
      )}
    </Page>
  );
}

function Found({ found, again }: { found: CredentialFound; again: () => void }) {
  const { credential, identityNumber, unitName, card, uses, cases } = found;
  const [what, setWhat] = useState<"hold" | "release" | null>(null);
  const isAlive = credential.state === "active" || credential.state === "suspended";
  return (
    <>
      <section className="card panel" aria-label="医保码">
        <header className="panel-head">
          <h2>
            {credential.name}
            <span className="aside number">{identityNumber}</span>
          </h2>
          <CredentialStateOf of={credential} />
          <span className="aside-right">
            {isAlive && !(credential.state === "suspended" && credential.held) && (
              <Button danger icon={<PauseCircleOutlined />} onClick={() => setWhat("hold")}>
                挂失
              </Button>
            )}{" "}
            {credential.state === "suspended" && (
              <Button type="primary" icon={<PlayCircleOutlined />} onClick={() => setWhat("release")}>
                解除挂失
              </Button>
            )}
          </span>
        </header>
        <dl className="facts">
          <Fact title="登记地">{unitName}</Fact>
          <Fact title="医保到">{credential.coverUntil ? dayShown(credential.coverUntil) : "今天没有待遇"}</Fact>
          <Fact title="社会保障卡">{card ?? <span className="muted">没有登记</span>}</Fact>
          <Fact title="手机">
            {credential.phones.length === 0 && <span className="muted">没有手机，最多{credential.mostPhones}部</span>}
            {credential.phones.map(({ deviceNo, name, addedOn, guardian }) => (
              <div key={deviceNo}>
                {name}
                <span className="muted">
                  {" "}
                  {dayShown(addedOn)}打开{guardian && `，家人${guardian}的`}
                </span>
              </div>
            ))}
          </Fact>
        </dl>
      </section>
      {cases.length > 0 && (
        <section className="card panel" aria-label="疑点">
          <header className="panel-head">
            <h2>疑点</h2>
          </header>
          <ul className="points">
            {cases.map(({ caseNo, kind, state, filedOn, dueOn }) => (
              <li key={caseNo}>
                {dayShown(filedOn)}　{caseKinds[kind]}　{caseStates[state].name}
                {state === "filed" && `，${dayShown(dueOn)}前要有结果`}　<span className="muted number">{caseNo}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="card panel" aria-label="用码记录">
        <header className="panel-head">
          <h2>用码记录</h2>
        </header>
        <UsesTable uses={uses} empty="还没有机构读过这个码。" />
      </section>
      <History credential={credential} />
      {what && <Move found={found} what={what} done={again} close={() => setWhat(null)} />}
    </>
  );
}

const happenings = {
  opened: "开通",
  "phone-added": "加手机",
  "phone-removed": "移除手机",
  suspended: "挂失",
  restored: "解除挂失",
  reissued: "换发",
  closed: "注销",
  "paper-printed": "打印纸质码",
} as const;
const hands = { self: "本人", guardian: "家人", officer: "经办人员" } as const;

function History({ credential: { history } }: { credential: CredentialFound["credential"] }) {
  if (history.length === 0) return null;
  return (
    <section className="card panel" aria-label="经过">
      <header className="panel-head">
        <h2>经过</h2>
      </header>
      <ol className="history">
        {history.map(({ what, at, by, name, detail }) => (
          <li key={`${at} ${what} ${detail}`}>
            <b>
              {hands[by]}
              {name}
              {happenings[what]}
            </b>
            {detail && `：${detail}`}
            <div className="muted">{momentShown(at)}</div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Move({
  found: { personNo, credential },
  what,
  done,
  close,
}: {
  found: CredentialFound;
  what: "hold" | "release";
  done: () => void;
  close: () => void;
}) {
  const { message } = App.useApp();
  const move = useAct(`credentials-agency.${what}`, ["credentials-agency.cases"]);
  const isHold = what === "hold";
  return (
    <DecisionDialog
      title={isHold ? `挂失${credential.name}的医保码？` : `解除${credential.name}的医保码挂失？`}
      will={
        isHold
          ? "所有手机和纸质码马上都不能用，本人不能自己恢复，要由经办人员解除。本人会收到消息。"
          : "列出的手机又能出示。请先和本人核对有没有不认识的手机。本人会收到消息。"
      }
      reasons={isHold ? ["本人来电挂失", "疑似被他人冒用"] : ["已和本人核实，可以恢复", "核查完毕"]}
      least={4}
      verb={isHold ? "挂失" : "解除挂失"}
      isRefusal={isHold}
      isPending={move.isPending}
      error={move.error}
      decide={(reason) =>
        move.mutate(
          { params: { personNo }, body: { reason } },
          {
            onSuccess: () => {
              message.success(isHold ? "已挂失" : "已解除挂失");
              done();
              close();
            },
          },
        )
      }
      close={close}
    />
  );
}
