import type { Call } from "../../shared/api/client.ts";

/** Another officer agrees to what one has proposed. */
export const agreedBy =
  (other: Call) =>
  ({ proposalNo }: { readonly proposalNo: string }) =>
    other("proposals.answer", { params: { proposalNo }, body: { accept: true } });
