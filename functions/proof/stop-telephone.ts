import { endpoints } from "../../shared/api/proof.ts";
import { Refusal } from "../../shared/refusal.ts";
import { http } from "../http.ts";
import { stopChange, stoppableBy } from "../telephone/waiting.ts";

/** POST /me/telephone/stop · 停止等待生效的换号: whoever has one of the two numbers or is bound, without any proof: stopping must be easy. */
export const handler = http(endpoints["proof.stop-telephone"], async ({ resident, body: { changeNo } }) => {
  const change = (await stoppableBy(resident.account)).find((one) => one.changeNo === changeNo);
  if (!change) throw new Refusal("telephone-change-over");
  await stopChange(change.personNo, { accountNo: resident.accountNo }, changeNo);
  return {};
});
