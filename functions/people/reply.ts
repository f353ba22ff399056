import type { Profile } from "./profile.ts";

/** The person whose data it is, masked as everywhere. */
export const ownerReply = ({ personNo, name, identityNumberMasked }: Profile) => ({
  personNo,
  name,
  identityNumber: identityNumberMasked,
});
