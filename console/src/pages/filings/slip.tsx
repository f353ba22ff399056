import { dayShown } from "../../../../shared/day.ts";
import { isInForce } from "../../../../shared/filing/filing.ts";
import { inFours } from "../../figures.ts";
import { Line, Slip } from "../../parts/slip.tsx";
import { daysWords, type Filing } from "./words.tsx";

/** 回执单 · what was filed, how it stands, and what to take along. */
export function FilingSlip({ filing }: { filing: Filing }) {
  const { filingNo, person, kindName, destination, state, stateName, sentence, filedOn, agent, mend, reason } = filing;
  return (
    <Slip title="异地就医备案回执单">
      <table>
        <tbody>
          <Line title="姓名">{person.name}</Line>
          <Line title="证件号">{person.identityNumber}</Line>
          <Line title="人员类别">{kindName}</Line>
          <Line title="就医地">{destination.name}</Line>
          <Line title="什么时候">{daysWords(filing)}</Line>
          <Line title="办理日">{dayShown(filedOn)}</Line>
          {agent && <Line title="代办人">{agent.name}</Line>}
          <Line title="现在">{stateName}</Line>
          <Line title="备案号">{inFours(filingNo)}</Line>
        </tbody>
      </table>
      <p>{sentence}</p>
      {reason && <p>理由：{reason}</p>}
      {mend.map((one, i) => (
        <p key={one}>
          {i + 1}. {one}
        </p>
      ))}
      {isInForce(state) && <p>去当地联网的定点医院看病，出院时直接结算。</p>}
      {state === "awaiting-proof" && <p>看病时出示医保码、身份证或社保卡。</p>}
      <p>有疑问请打12393。</p>
    </Slip>
  );
}
