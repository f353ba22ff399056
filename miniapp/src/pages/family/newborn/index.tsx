import { View } from "@tarojs/components";
import { useRouter } from "@tarojs/taro";
import { isDay } from "../../../../../shared/day.ts";
import { readBirthCertificate } from "../../../../../shared/family/family.ts";
import { call } from "../../../api.ts";
import { useAttempt, useFresh } from "../../../ask.ts";
import { requestNoOf } from "../../../drafts.ts";
import { Field, Option, Options } from "../../../parts/form.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button } from "../../../parts/press.tsx";
import { Heading, Lost, Note, Problem, Skeleton } from "../../../parts/tell.tsx";
import { arrive, go } from "../../../route.ts";
import { dashed, dayWords } from "../../../words.ts";
import { Commitment } from "../commitment.tsx";
import { familyRequest, newborn } from "../drafts.ts";

/** 登记新生儿 · a child who has no identity number yet: who it is, then the birth certificate and the commitment. */
export default function Newborn() {
  return useRouter().params.step === "certificate" ? <AskCertificate /> : <AskChild />;
}

const sexes = { male: "男孩", female: "女孩" } as const;

/** What was answered about the child, or null while something is missing. */
function childOf({ name, sex, bornOn }: ReturnType<typeof newborn.get>) {
  return name.trim() !== "" && sex && isDay(bornOn) ? { name: name.trim(), sex, bornOn } : null;
}

function AskChild() {
  const typed = newborn.use();
  const { said, refuse } = useAttempt<"name" | "sex" | "bornOn">();
  const next = () => {
    if (typed.name.trim() === "") return refuse("name", "请填孩子的姓名。");
    if (!typed.sex) return refuse("sex", "请选男孩还是女孩。");
    if (!isDay(typed.bornOn)) return refuse("bornOn", "请写成8位数字，比如20251102。");
    go("family/newborn", { step: "certificate" });
  };
  const { answer: proven, refused, again } = useFresh();
  const no = said("sex");
  if (!proven) return <Page>{refused ? <Problem refused={refused} onRetry={again} /> : <Skeleton />}</Page>;
  return (
    <Page foot={<Button onPress={next}>下一步</Button>}>
      <Heading level={1}>孩子是谁？</Heading>
      <View className="muted">请对照出生医学证明填。孩子已经有身份证号的，请用“添加家人”。</View>
      <View className="card">
        <Field
          label="孩子的姓名"
          maxlength={60}
          value={typed.name}
          fault={said("name")}
          onChange={(name) => newborn.change({ name })}
        />
        <Options label="男孩还是女孩">
          {(["male", "female"] as const).map((sex) => (
            <Option key={sex} title={sexes[sex]} chosen={typed.sex === sex} onChoose={() => newborn.change({ sex })} />
          ))}
        </Options>
        {no && <Note tone="stop">{no}</Note>}
        <Field
          label="出生日期"
          hint="8位数字，比如20251102"
          type="code"
          maxlength={8}
          value={typed.bornOn.replaceAll("-", "")}
          fault={said("bornOn")}
          onChange={(digits) => newborn.change({ bornOn: dashed(digits) })}
          onDone={next}
        />
        {isDay(typed.bornOn) && <View className="muted">{dayWords(typed.bornOn)}出生</View>}
      </View>
    </Page>
  );
}

function AskCertificate() {
  const typed = newborn.use();
  const child = childOf(typed);
  const { busy, said, refuse, attempt } = useAttempt<"certificate" | "register">();
  if (!child) {
    return (
      <Page>
        <Lost />
      </Page>
    );
  }
  const { certificate, commitment } = typed;
  const register = () => {
    if (!readBirthCertificate(certificate)) {
      return refuse("certificate", "编号应为1位字母加9位数字，请对照证件再输一次。");
    }
    attempt("register", async () => {
      const body = { ...child, birthCertificate: certificate, commitment };
      const requestNo = requestNoOf(familyRequest, JSON.stringify(body));
      const { tieNo } = await call("family.newborn", { body: { ...body, requestNo } });
      familyRequest.clear();
      newborn.clear();
      arrive("family/tie", { tieNo });
    });
  };
  const no = said("register");
  return (
    <Page
      foot={
        <Button disabled={!commitment} busy={busy === "register"} onPress={register}>
          登记{child.name}
        </Button>
      }
    >
      <Heading level={1}>出生医学证明</Heading>
      <View className="card">
        <Field
          label="出生医学证明编号"
          hint="1位字母加9位数字"
          maxlength={20}
          value={certificate}
          fault={said("certificate")}
          onChange={(typed) => newborn.change({ certificate: typed })}
          onDone={register}
        />
      </View>
      <Commitment given={commitment} onGive={(given) => newborn.change({ commitment: given })} />
      {no && <Note tone="stop">{no}</Note>}
    </Page>
  );
}
