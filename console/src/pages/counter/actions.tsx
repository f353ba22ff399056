import { PrinterOutlined } from "@ant-design/icons";
import { App, Button, Input, type InputRef } from "antd";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { useAct } from "../../api.ts";
import { counted, inFours } from "../../figures.ts";
import { useKeys } from "../../keyboard.ts";
import { clockTime } from "../../parts/moment.ts";
import type { Found } from "../../parts/seen.tsx";
import { Wrong } from "../../parts/tell.tsx";
import { CodeSlip } from "./slips.tsx";
import type { Visitor } from "./visitor.ts";

interface Handed {
  readonly code: string;
  readonly until: number;
}

/** 核验码 · handed out once, shown large; the page forgets it when it is over or was handed over. */
export function CodeCard({ visitor, print }: { visitor: Visitor; print: (slip: ReactNode) => void }) {
  const { person, seen } = visitor;
  const give = useAct("counter.code");
  const [handed, setHanded] = useState<Handed | null>(null);
  const forget = useCallback(() => {
    print(null);
    setHanded(null);
  }, [print]);
  useEffect(() => {
    if (!handed) return;
    const timer = setTimeout(forget, handed.until - Date.now());
    return () => clearTimeout(timer);
  }, [handed, forget]);
  const submit = () => {
    if (give.isPending) return;
    give.mutate(
      { params: { personNo: person.personNo }, body: { seen } },
      { onSuccess: ({ code, validMinutes }) => setHanded({ code, until: Date.now() + validMinutes * 60_000 }) },
    );
  };
  useKeys({ c: () => handed === null && submit() });
  return (
    <section className="card panel" aria-label="核验码">
      <header className="card-head">
        <h2>发核验码</h2>
        <kbd>c</kbd>
      </header>
      {handed ? (
        <>
          <output className="code-shown">{inFours(handed.code)}</output>
          <p>
            <b>{clockTime(handed.until)} 前有效，只能用一次。</b>这里只显示这一次，请当面交给本人。
          </p>
          <div className="card-actions">
            <Button
              type="primary"
              icon={<PrinterOutlined />}
              onClick={() => print(<CodeSlip key={Date.now()} {...handed} name={person.name} />)}
            >
              打印
            </Button>
            <Button onClick={forget}>已交给本人</Button>
          </div>
        </>
      ) : (
        <>
          <p className="muted">
            本人在手机上“再核验一次”时，选“窗口核验码”填进去，就能查看和办理自己的事。再发一次，前一个就作废。
          </p>
          <Wrong error={give.error} />
          <div className="card-actions">
            <Button type="primary" loading={give.isPending} onClick={submit}>
              发核验码
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

/** 手机号 · sets or changes the telephone on record; the number that is on record already is confirmed. */
export function TelephoneCard({ visitor, know }: { visitor: Visitor; know: (news: Partial<Found>) => void }) {
  const { person, seen } = visitor;
  const { message, modal } = App.useApp();
  const save = useAct("counter.telephone");
  const box = useRef<InputRef>(null);
  const [typed, setTyped] = useState("");
  useKeys({ t: () => box.current?.focus() });
  const telephone = typed.replace(/[\s-]/g, "");
  const isGood = /^1[3-9]\d{9}$/.test(telephone);
  const write = () =>
    save.mutateAsync({ params: { personNo: person.personNo }, body: { telephone, seen } }).then(
      (now) => {
        know({ telephone: now.telephone, telephoneConfirmedOn: now.confirmedOn });
        setTyped("");
        message.success(`登记的手机号是 ${now.telephone}`);
      },
      // What was refused stays beside the field.
      () => {},
    );
  const submit = () => {
    if (!isGood || save.isPending) return;
    if (person.telephone === null) return void write();
    modal.confirm({
      title: `把登记的手机号改成 ${telephone}？`,
      content: `现在登记的是 ${person.telephone}。改了以后，核验短信都发到新号码；原来的号码会收到一条通知。号码没有变，就是确认一次。`,
      okText: "改成这个号码",
      cancelText: "不改",
      onOk: write,
    });
  };
  return (
    <section className="card panel" aria-label="手机号">
      <header className="card-head">
        <h2>{person.telephone === null ? "登记手机号" : "更换、确认手机号"}</h2>
        <kbd>t</kbd>
      </header>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <label htmlFor="telephone">本人现在用的手机号</label>
        <Input
          id="telephone"
          ref={box}
          className="number"
          inputMode="numeric"
          autoComplete="off"
          maxLength={13}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        {telephone.length >= 11 && !isGood && (
          <p className="wrong" role="alert">
            手机号应是1开头的11位数字。
          </p>
        )}
        <Wrong error={save.error} />
        <div className="card-actions">
          <Button type="primary" htmlType="submit" disabled={!isGood} loading={save.isPending}>
            {person.telephone === null ? "登记" : "更换或确认"}
          </Button>
        </div>
      </form>
    </section>
  );
}

/** 手机丢了 · ends what a lost phone could still do, after saying what that is. */
export function RecoveryCard({ visitor, know }: { visitor: Visitor; know: (news: Partial<Found>) => void }) {
  const { person, seen } = visitor;
  const { modal } = App.useApp();
  const recover = useAct("counter.recover");
  const done = recover.data;
  const ask = () =>
    modal.confirm({
      title: `${person.name}的手机丢了，解除绑定？`,
      width: 520,
      content: (
        <ul className="will">
          <li>
            {person.accounts.length === 0
              ? "现在没有手机绑定此人；没用过的核验码会作废。"
              : `${counted(person.accounts.length)} 个账号立刻退出登录，不再绑定此人；没用过的核验码作废。`}
          </li>
          <li>参保、缴费、退费和亲情账户都不变。</li>
          <li>本人换了手机，重新登录，再用姓名和身份证号绑定就行。</li>
          <li>
            {person.telephone === null
              ? "没有登记手机号。"
              : `登记的手机号 ${person.telephone} 不会变；号码也丢了，要接着换号。`}
          </li>
        </ul>
      ),
      okText: "解除绑定",
      cancelText: "先不办",
      okButtonProps: { danger: true },
      onOk: () =>
        recover.mutateAsync({ params: { personNo: person.personNo }, body: { seen } }).then(
          () => know({ accounts: [] }),
          () => {},
        ),
    });
  useKeys({ l: ask });
  return (
    <section className="card panel" aria-label="手机丢了">
      <header className="card-head">
        <h2>手机丢了</h2>
        <kbd>l</kbd>
      </header>
      {done ? (
        <p role="status">
          {done.accounts === 0 ? "没有账号绑定此人。" : `已解除 ${counted(done.accounts)} 个账号的绑定，登录已失效。`}
          {done.telephone !== null && `登记的手机号还是 ${done.telephone}，如果号码也丢了，请换号。`}
        </p>
      ) : (
        <p className="muted">解除绑定，丢了的手机就不能再用来办此人的事；换了手机可以重新绑定。</p>
      )}
      <Wrong error={recover.error} />
      <div className="card-actions">
        <Button danger loading={recover.isPending} onClick={ask}>
          解除绑定
        </Button>
      </div>
    </section>
  );
}
