import { settleLine } from "../shared/settlement/lines.ts";
import { answerLines } from "./lines.ts";

/** npm run settle: every case on standard input settled with its trace, one JSON line in, one out. */
await answerLines(settleLine);
