import * as asks from "./asks.ts";
import { benchOf, type Row, type Subject } from "./checks.ts";
import { queryChecks, refusalChecks, reversalChecks } from "./checks-after.ts";
import { outpatientChecks, personChecks, stayChecks } from "./checks-care.ts";
import { envelopeChecks, idempotencyChecks, signatureChecks } from "./checks-messages.ts";

/**
 * 符合性检查 · every check against one gateway, one after the other; nothing that it settles is left behind. Nobody else may
 * settle for the same person meanwhile.
 */
export async function conform(subject: Subject): Promise<Row[]> {
  const rows: Row[] = [];
  const bench = benchOf(subject, rows);
  await envelopeChecks(bench);
  await signatureChecks(bench);
  const said = await bench.say("1101", asks.identify(subject.identityNumber));
  if (said.kind === "done") bench.who.personNo = said.output.person.personNo;
  const start = await bench.accumulated().catch(() => "");
  await idempotencyChecks(bench);
  await personChecks(bench);
  await outpatientChecks(bench);
  await stayChecks(bench);
  await reversalChecks(bench);
  await queryChecks(bench);
  await refusalChecks(bench);
  await bench.check(
    "全部做完，年度累计和开始时一样",
    "after all of it the year stands as it did",
    start,
    bench.accumulated,
  );
  return rows;
}
