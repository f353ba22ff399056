import type { Owed, Refused } from "./api.ts";

/** What came of asking what is owed for a year: the quote, or a refusal that concerns this year. */
export type Outcome =
  | { readonly owed: Owed; readonly refused?: never }
  | { readonly refused: Refused; readonly owed?: never };

/** Does paying for a year bring any day of cover, perhaps with repair? */
export const bringsCover = ({ choices }: Owed): boolean => choices.some(({ coverFrom }) => coverFrom !== null);
