import { View } from "@tarojs/components";
import { useRouter } from "@tarojs/taro";
import {
  isMinor,
  type ProofKind,
  proofNames,
  type Relationship,
  readBirthCertificate,
  relationships,
} from "../../../../../shared/family/family.ts";
import { bornOnOf, readIdentityNumber } from "../../../../../shared/person.ts";
import { call } from "../../../api.ts";
import { useAsk, useAttempt } from "../../../ask.ts";
import { requestNoOf } from "../../../drafts.ts";
import { Field, Option, Options } from "../../../parts/form.tsx";
import { IdentityFields, useIdentityFields } from "../../../parts/identity-fields.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button } from "../../../parts/press.tsx";
import { Heading, Lost, Note, Problem, Skeleton } from "../../../parts/tell.tsx";
import { arrive, go } from "../../../route.ts";
import { askToday } from "../../../today.ts";
import { Commitment } from "../commitment.tsx";
import { adding, familyRequest } from "../drafts.ts";

/** 添加家人 · who it is, what they are to the guardian, and for a child what proves it: one question a page. */
export default function FamilyAdd() {
  const { step } = useRouter().params;
  if (step === "relationship") return <AskRelationship />;
  return step === "proof" ? <AskProof /> : <AskWho />;
}

function AskWho() {
  const typed = adding.use();
  const { fault, busy, submit } = useIdentityFields(typed, async () => go("family/add", { step: "relationship" }));
  return (
    <Page
      foot={
        <Button busy={busy} onPress={submit}>
          下一步
        </Button>
      }
    >
      <Heading level={1}>要添加谁？</Heading>
      <View className="muted">请对照他（她）的身份证或户口本填。</View>
      <View className="card">
        <IdentityFields typed={typed} fault={fault} onChange={adding.change} onDone={submit} />
      </View>
      <Note tone="plain">满16岁的，要他（她）自己同意；未满16岁的，要证明您是监护人。</Note>
    </Page>
  );
}

/** Is the person who was typed under 16 today? Null while the day is not known, or nobody was typed. */
function useMinor() {
  const { identityNumber } = adding.use();
  const { answer: on, refused, again } = useAsk("today", askToday);
  const read = readIdentityNumber(identityNumber);
  const minor = on && read.ok ? isMinor(bornOnOf(read.number), on) : null;
  return { typed: read.ok, minor, refused: on ? null : refused, again };
}

/** Sends the request with what was answered, and goes to see what became of it. */
function useAsking() {
  const { attempt, ...rest } = useAttempt<"ask">();
  const ask = (proof: Proof) =>
    attempt("ask", async () => {
      const { name, identityNumber, relationship, commitment } = adding.get();
      if (!relationship) return;
      const body = { name: name.trim(), identityNumber: identityNumber.trim(), relationship, proof, commitment };
      const requestNo = requestNoOf(familyRequest, JSON.stringify(body));
      const { tieNo } = await call("family.ask", { body: { ...body, requestNo } });
      familyRequest.clear();
      adding.clear();
      arrive("family/tie", { tieNo });
    });
  return { ...rest, ask };
}

type Proof = NonNullable<Parameters<typeof call<"family.ask">>[1]["body"]["proof"]> | null;

function AskRelationship() {
  const { name, relationship } = adding.use();
  const { typed, minor, refused, again } = useMinor();
  const { busy, said, ask } = useAsking();
  const offered = (Object.keys(relationships) as Relationship[]).filter(
    (one) => !minor || relationships[one].proofs.length > 0,
  );
  const chosen = offered.find((one) => one === relationship);
  const no = said("ask");
  const foot = minor ? (
    <Button disabled={!chosen} onPress={() => go("family/add", { step: "proof" })}>
      下一步
    </Button>
  ) : (
    <Button disabled={!chosen} busy={busy === "ask"} onPress={() => ask(null)}>
      请{name}同意
    </Button>
  );
  return (
    <Page foot={minor !== null && foot}>
      {!typed && <Lost />}
      {refused && <Problem refused={refused} onRetry={again} />}
      {typed && !refused && minor === null && <Skeleton />}
      {minor !== null && (
        <>
          <Heading level={1}>{name}是您的什么人？</Heading>
          <Options label={`${name}是您的什么人`}>
            {offered.map((one) => (
              <Option
                key={one}
                title={relationships[one].name}
                chosen={one === chosen}
                onChoose={() => adding.change({ relationship: one, proof: null })}
              />
            ))}
          </Options>
          {!minor && <Note tone="plain">如果登记过手机号，{name}会收到一条短信，里面有同意验证码。</Note>}
          {no && <Note tone="stop">{no}</Note>}
        </>
      )}
    </Page>
  );
}

const proofHints: Record<ProofKind, string> = {
  household: "不用交材料，马上就好",
  "birth-certificate": "填证上的编号；登记过的马上就好，没登记过的到窗口核对",
  "household-book": "带户口簿到窗口，工作人员核对以后就好",
};

function AskProof() {
  const { name, relationship, proof, certificate, commitment } = adding.use();
  const { busy, said, ask } = useAsking();
  if (!relationship) {
    return (
      <Page>
        <Lost />
      </Page>
    );
  }
  const { proofs } = relationships[relationship];
  const chosen = proofs.find((one) => one === proof);
  const number = readBirthCertificate(certificate);
  const complete = chosen && commitment && (chosen !== "birth-certificate" || number !== null);
  const no = said("ask");
  const send = () => {
    if (!chosen) return;
    ask(chosen === "birth-certificate" ? { kind: chosen, number: certificate } : { kind: chosen });
  };
  return (
    <Page
      foot={
        <Button disabled={!complete} busy={busy === "ask"} onPress={send}>
          添加{name}
        </Button>
      }
    >
      <Heading level={1}>用什么证明你们的关系？</Heading>
      <Options label="用什么证明你们的关系">
        {proofs.map((one) => (
          <Option
            key={one}
            title={proofNames[one]}
            chosen={one === chosen}
            onChoose={() => adding.change({ proof: one })}
          >
            <View>{proofHints[one]}</View>
          </Option>
        ))}
      </Options>
      {chosen === "birth-certificate" && <Certificate value={certificate} onChange={adding.change} />}
      {chosen && <Commitment given={commitment} onGive={(given) => adding.change({ commitment: given })} />}
      {no && <Note tone="stop">{no}</Note>}
    </Page>
  );
}

function Certificate({ value, onChange }: { value: string; onChange: (fields: { certificate: string }) => void }) {
  return (
    <View className="card">
      <Field
        label="出生医学证明编号"
        hint="1位字母加9位数字"
        maxlength={20}
        value={value}
        fault={null}
        onChange={(certificate) => onChange({ certificate })}
      />
    </View>
  );
}
