import type { Found, PaperSeen } from "../../parts/seen.tsx";

/** Who stands at the counter: as the register knows them, and the paper that they showed. */
export interface Visitor {
  readonly person: Found;
  readonly seen: PaperSeen;
}
