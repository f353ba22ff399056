import { randomBytes } from "node:crypto";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { itemItem } from "../../functions/catalogue/store.ts";
import { today } from "../../functions/clock.ts";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import type { Sender } from "../../hospital/client.ts";
import { catalogueArea, catalogueItems } from "../../local/county/catalogue.ts";
import { providerItems } from "../../local/county/provider-items.ts";
import { demonstrationKey, demonstrationProviders } from "../../local/county/providers.ts";
import { callApi } from "../../local/server.ts";
import type { Moment } from "../../shared/gateway/field.ts";
import { gatewayPath } from "../../shared/gateway/signing.ts";
import { readProviderCode } from "../../shared/provider/provider.ts";
import type { World } from "./world.ts";

/** Puts the demonstration's providers, their keys and the well-known items of the catalogue into a test's tables. */
export async function openHospitals({ sealer }: World): Promise<void> {
  const put = (Item: Record<string, unknown>) => db.send(new PutCommand({ TableName: config.mainTable(), Item }));
  for (const item of providerItems(sealer)) await put(item);
  for (const item of catalogueItems(0)) await put(itemItem(catalogueArea, item));
}

/** The API's own handler as a provider's system reaches it: the same event that API Gateway makes. */
export const direct: Sender["post"] = async (body, headers, path = gatewayPath) => {
  const reply = await callApi({
    method: "POST",
    url: new URL(path, "http://localhost"),
    headers,
    body: Buffer.from(body),
    address: "10.1.1.1",
  });
  return { status: reply.statusCode ?? 0, body: reply.body ?? "" };
};

/** A provider of the demonstration, with its key; `post` stands between it and the gateway. */
export function senderOf(code: string, post: Sender["post"] = direct): Sender {
  const { keyNo, secret } = demonstrationKey(code);
  const { county } = readProviderCode(code)!;
  return {
    providerCode: code,
    providerName: demonstrationProviders.find((one) => one.code === code)?.name ?? "没有登记的机构",
    careArea: county,
    keyNo,
    algorithm: "HMAC-SM3",
    secret,
    now: () => Date.now(),
    business: () => `${today()} ${new Date(Date.now() + 8 * 3_600_000).toISOString().slice(11, 19)}` as Moment,
    random: () => randomBytes(12).toString("hex"),
    post,
  };
}
