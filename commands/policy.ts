import { areas, faultsOfArea, policyOf } from "../shared/areas/areas.ts";
import { documentOf, documents } from "../shared/areas/documents.ts";
import { parametersOf, seriesOf } from "../shared/policy/parameters.ts";
import { publish, written } from "../shared/policy/publish.ts";
import { Refusal } from "../shared/refusal.ts";

/** npm run policy: list the areas or one area's parameters, show one parameter's history, publish as JSON, or check. */
const [what = "list", area = "", parameter = ""] = process.argv.slice(2);
const out = (line: string) => process.stdout.write(`${line}\n`);

const standings = { stated: "文件载明", derived: "推算", assumed: "假定" } as const;

function list(): void {
  if (!area) {
    for (const { area: code, name, province } of areas.values()) out(`${code}  ${province}${name}`);
    return;
  }
  for (const { name, lines } of parametersOf(policyOf(area)))
    out(
      `${name}  ${lines
        .map((one) => one.name)
        .filter(Boolean)
        .join(" ")}`,
    );
}

function history(): void {
  const wanted = seriesOf(policyOf(area)).filter(
    ([name]) => name === parameter || name.startsWith(`${parameter}/`) || name.startsWith(`${parameter}.`),
  );
  if (wanted.length === 0) throw new Refusal("not-found", { detail: `${area} ${parameter}` });
  for (const [name, series] of wanted) {
    out(name);
    for (const { from, value, standing, cite, note } of series) {
      out(
        `  ${from}  ${value === null ? "废止" : JSON.stringify(written(name, value))}  ${standings[standing]}  ${cite}${note && `  ${note}`}`,
      );
      const document = documentOf(cite);
      if (document) out(`              《${documents[document].title}》 ${documents[document].where}`);
    }
  }
}

function check(): void {
  const checked = area ? [policyOf(area)] : [...areas.values()];
  const faults = checked.flatMap(faultsOfArea);
  for (const fault of faults) out(fault);
  out(faults.length === 0 ? `${checked.length} 个统筹区，没有发现问题` : `${faults.length} 个问题`);
  if (faults.length > 0) process.exitCode = 1;
}

const commands: Record<string, () => void> = {
  list,
  history,
  json: () => out(JSON.stringify(publish(policyOf(area), documents), null, 1)),
  check,
};

try {
  const command = commands[what];
  if (!command)
    throw new Refusal("not-found", {
      detail: "用法：policy list [区划] | history 区划 参数 | json 区划 | check [区划]",
    });
  command();
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`${error.sentence}\n`);
  process.exitCode = 1;
}
