import { randomBytes } from "node:crypto";
import { endpoints } from "../../shared/api/credentials-agency.ts";
import { paperNoLength } from "../../shared/credential/paper.ts";
import { aliveAtCounter } from "../counter/store.ts";
import { printedReply } from "../credentials/papers.ts";
import { changeCredential, printed } from "../credentials/store.ts";
import { byOfficer } from "../hand.ts";
import { http } from "../http.ts";

/** POST /counter/people/{personNo}/paper-code · 打印纸质码: for this week, with the identity card seen; the one before is out. */
export const handler = http(
  endpoints["credentials-agency.paper"],
  async ({ officer, params: { personNo }, body: { seen } }) => {
    const { profile } = await aliveAtCounter(officer, personNo, "credentials-agency.paper", seen);
    const paperNo = randomBytes(paperNoLength).toString("hex");
    const credential = await changeCredential(profile.personNo, byOfficer(officer), (before) =>
      printed(before, profile, paperNo),
    );
    return printedReply(profile, credential, paperNo);
  },
);
