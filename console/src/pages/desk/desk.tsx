import { LogoutOutlined, UserSwitchOutlined } from "@ant-design/icons";
import { Button, type InputRef } from "antd";
import { useRef } from "react";
import { useDesk, useTitle } from "../../desk.tsx";
import { useKeys } from "../../keyboard.ts";
import { Page } from "../../parts/page.tsx";
import { Bill, Receipt } from "./bill.tsx";
import { KeyForm } from "./key.tsx";
import { Messages } from "./messages.tsx";
import { BeginCare, CodeToSettle, FindPatient, PatientFacts } from "./patient.tsx";
import { useDeskPlay } from "./play.ts";
import "./desk.css";

/** 机构试用台 · a provider's window tried by hand: its own key, real messages, and every one of them beside it. */
export default function ProviderDeskPage() {
  const { today } = useDesk();
  const play = useDeskPlay(today);
  const { key, signInNo, visit, exchanges } = play;
  const { patient, encounter, settled } = visit;
  const search = useRef<InputRef>(null);
  useTitle("机构试用台");
  useKeys({
    "/": () => search.current?.focus(),
    n: () => key && play.next(),
    s: () => encounter && !settled && void play.settle(),
    p: () => settled && window.print(),
  });
  return (
    <Page
      title={
        <>
          机构试用台
          {key && (
            <small>
              {key.name} <span className="number">{key.code}</span>　签到编号 <span className="number">{signInNo}</span>
            </small>
          )}
        </>
      }
      tools={
        <>
          <a href={`${import.meta.env.BASE_URL}offline.html`} target="_blank" rel="noreferrer">
            没有网络时：离线验码
          </a>
          {key && patient && (
            <Button icon={<UserSwitchOutlined />} onClick={play.next}>
              下一位 <kbd>n</kbd>
            </Button>
          )}
          {key && (
            <Button icon={<LogoutOutlined />} loading={play.isBusy} onClick={() => void play.signOut()}>
              签退，换机构
            </Button>
          )}
        </>
      }
      onScreenOnly="head"
    >
      <div className="desk">
        <div className="desk-left">
          {!key && <KeyForm play={play} />}
          {key && !patient && <FindPatient play={play} />}
          {patient && !settled && <PatientFacts patient={patient} play={play} />}
          {patient && !encounter && <BeginCare play={play} />}
          {encounter && !settled && <CodeToSettle play={play} />}
          {encounter && !settled && <Bill play={play} encounter={encounter} search={search} />}
          {encounter && settled && <Receipt play={play} encounter={encounter} settled={settled} />}
        </div>
        <Messages exchanges={exchanges} />
      </div>
    </Page>
  );
}
