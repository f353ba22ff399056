import { endpoints } from "../../shared/api/proof.ts";
import { http } from "../http.ts";
import { personPage } from "../people/page.ts";
import { telephoneShown } from "../people/reply.ts";
import { faceOffered } from "./face.ts";
import { proofReply } from "./store.ts";

/** GET /me/proof · 第二次核验：核验过没有、可以怎么核验. */
export const handler = http(endpoints["proof.ways"], async ({ resident: { personNo, proof } }) => {
  const { profile } = await personPage(personNo);
  const ways = { telephone: await telephoneShown(profile), counter: true as const, face: faceOffered() };
  return { proof: proof && proofReply(proof), ways };
});
