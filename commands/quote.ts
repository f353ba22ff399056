import { quoteLine } from "../shared/contribution/lines.ts";
import { answerLines } from "./lines.ts";

/** npm run quote: what each case on standard input owes, one JSON line in, one out. */
await answerLines(quoteLine);
