import { stateOn } from "../../shared/family/family.ts";
import { today } from "../clock.ts";
import { tiesOf } from "./store.ts";

/** Whom a person holds today. */
export const dependantsOf = async (personNo: string): Promise<string[]> =>
  (await agreed(personNo, "member")).map((tie) => tie.dependantNo);

/** By whom a person is held today. */
export const guardiansOf = async (personNo: string): Promise<string[]> =>
  (await agreed(personNo, "guardian")).map((tie) => tie.guardianNo);

const agreed = async (personNo: string, side: "member" | "guardian") =>
  (await tiesOf(personNo, side)).filter((tie) => stateOn(tie, today()) === "agreed");
