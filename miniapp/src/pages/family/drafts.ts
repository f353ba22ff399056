import type { ProofKind, Relationship } from "../../../../shared/family/family.ts";
import { draft, noRequest, type Request } from "../../drafts.ts";

/** The same for a new tie of the family account. */
export const familyRequest = draft<Request>("family-request", noRequest);

/** 添加家人 · what was answered so far. */
export const adding = draft<{
  readonly name: string;
  readonly identityNumber: string;
  readonly relationship: Relationship | null;
  readonly proof: ProofKind | null;
  readonly certificate: string;
  readonly commitment: boolean;
}>("family-add", {
  name: "",
  identityNumber: "",
  relationship: null,
  proof: null,
  certificate: "",
  commitment: false,
});

/** 登记新生儿 · what was answered so far. */
export const newborn = draft<{
  readonly name: string;
  readonly sex: "male" | "female" | null;
  readonly bornOn: string;
  readonly certificate: string;
  readonly commitment: boolean;
}>("newborn", { name: "", sex: null, bornOn: "", certificate: "", commitment: false });

/** 补身份证号 · what was typed there. */
export const identifying = draft("identity-number", { name: "", identityNumber: "" });
