import type { Found, PaperSeen } from "../../parts/seen.tsx";

/** Who stands at the counter: as the register knows him, and the paper that he showed. */
export interface Visitor {
  readonly person: Found;
  readonly seen: PaperSeen;
}
