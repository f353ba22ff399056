import { useState } from "react";
import { readIdentityNumber } from "../../../shared/person.ts";
import { refusedBy, wayOut } from "../ask.ts";
import { go } from "../route.ts";
import { identityNumberWords } from "../words.ts";
import { Field } from "./form.tsx";

interface Typed {
  readonly name: string;
  readonly identityNumber: string;
}

/** What is wrong, and which field it belongs to. */
interface Fault {
  readonly field: "name" | "identityNumber" | "form";
  readonly words: string;
}

const fieldOf: Record<string, Fault["field"]> = {
  "identity-number": "identityNumber",
  "name-mismatch": "name",
};

/** 姓名和身份证号 · checks what was typed, sends it on, and puts every no beside the field that it concerns. */
export function useIdentityFields(typed: Typed, send: (typed: Typed) => Promise<void>) {
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async () => {
    const wrong = faultOf(typed);
    setFault(wrong);
    if (wrong || busy) return;
    setBusy(true);
    try {
      await send({ name: typed.name.trim(), identityNumber: typed.identityNumber.trim() });
    } catch (error) {
      const { code, message } = refusedBy(error);
      setFault({ field: fieldOf[code] ?? "form", words: message });
      const way = wayOut(code);
      if (way) go(way);
    } finally {
      setBusy(false);
    }
  };
  return { fault, busy, submit: () => void submit() };
}

function faultOf({ name, identityNumber }: Typed): Fault | null {
  if (name.trim() === "") return { field: "name", words: "请填姓名。" };
  const read = readIdentityNumber(identityNumber);
  return read.ok ? null : { field: "identityNumber", words: identityNumberWords[read.why] };
}

/** The two fields that say who somebody is. */
export function IdentityFields({
  typed,
  fault,
  onChange,
  onDone,
}: {
  typed: Typed;
  fault: Fault | null;
  onChange: (fields: Partial<Typed>) => void;
  onDone: () => void;
}) {
  const said = (field: Fault["field"]) => (fault?.field === field ? fault.words : null);
  return (
    <>
      <Field
        label="姓名"
        hint="名字里的点怎么打都行"
        maxlength={60}
        value={typed.name}
        fault={said("name")}
        onChange={(name) => onChange({ name })}
      />
      <Field
        label="身份证号"
        hint="18位，最后一位可能是X"
        type="idcard"
        maxlength={24}
        value={typed.identityNumber}
        fault={said("identityNumber")}
        onChange={(identityNumber) => onChange({ identityNumber })}
        onDone={onDone}
      />
    </>
  );
}
