import { endpoints } from "../../shared/api/endpoints.ts";
import { choicesOf, quote, tiersOf } from "../../shared/contribution/quote.ts";
import { maskName } from "../../shared/person.ts";
import { policyOf } from "../../shared/policy/areas.ts";
import { today } from "../clock.ts";
import { http } from "../http.ts";
import { insured } from "../residents/store.ts";
import { personOf } from "./whom.ts";

/** POST /contributions/owed · 应缴多少、什么时候生效: computes a quote and stores nothing. */
export const handler = http(
  endpoints["contributions.owed"],
  async ({ resident, body: { whom, benefitYear, tier } }) => {
    const page = await personOf(whom, resident);
    const policy = policyOf(page.profile.poolingArea);
    const enquiry = { benefitYear, on: today(), tier, person: insured(page) };
    const quoted = quote(enquiry, policy);
    return {
      name: whom.who === "self" ? page.profile.name : maskName(page.profile.name),
      tiers: tiersOf(policy, benefitYear),
      quote: { ...quoted, fiscal: quoted.fiscal.total },
      choices: choicesOf(enquiry, quoted, policy),
    };
  },
);
