import { endpoints } from "../../shared/api/receipts.ts";
import { policyOf } from "../../shared/areas/areas.ts";
import { readReceiptNumber } from "../../shared/contribution/receipt.ts";
import { maskName } from "../../shared/person.ts";
import { Refusal } from "../../shared/refusal.ts";
import { networksOf } from "../address.ts";
import { unitName } from "../callers/units.ts";
import { http } from "../http.ts";
import { returnTry, spendTry } from "../limits.ts";
import { personPage } from "../people/page.ts";
import { lookupHash } from "../sealing.ts";
import { carrierOf } from "./reply.ts";
import { receiptNamed } from "./store.ts";

/** POST /receipts/verify · 查验票据真伪: a number that does not exist and a code that is wrong are told alike. */
export const handler = http(endpoints["receipts.verify"], async ({ address, body }) => {
  const from = await lookupHash("address", networksOf(address).own);
  const number = readReceiptNumber(body.number);
  await spendTry("receipt-address", from);
  if (number) {
    await spendTry("receipt-guess", `${from}#${number}`);
    await spendTry("receipt-number", number);
  }
  const receipt = await receiptNamed(body.number, body.checkCode);
  if (!receipt) throw new Refusal("receipt-unknown");
  await returnTry("receipt-address", from);
  await returnTry("receipt-guess", `${from}#${receipt.number}`);
  await returnTry("receipt-number", receipt.number);
  const { order, line, state } = receipt;
  const { profile } = await personPage(line.personNo);
  return {
    number: receipt.number,
    state,
    name: maskName(profile.name),
    benefitYear: line.benefitYear,
    amount: line.amount,
    subsidised: line.subsidised,
    carrier: carrierOf(receipt),
    on: order.createdOn,
    areaName: policyOf(line.poolingArea).name,
    collectedAt: order.collector ? await unitName(order.collector.unit) : null,
  };
});
