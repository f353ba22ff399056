import { App, Validations } from "aws-cdk-lib";
import { Code } from "aws-cdk-lib/aws-lambda";
import { AwsSolutionsChecks } from "cdk-nag";
import { installForFunctions } from "../tools/install.mjs";
import { accept } from "./accepted.ts";
import { bundle, codeFolder, hasLibrary } from "./bundle.ts";
import { functionsOf, sideNames } from "./functions.ts";
import { placeholders, settingsOf } from "./settings.ts";
import { stacks } from "./stack.ts";

const app = new App();
const settings = settingsOf(app);
await installForFunctions();
await bundle(sideNames.flatMap((side) => functionsOf(side)));
const made = stacks(app, settings, (name) => Code.fromAsset(codeFolder(name)));
accept(made, settings.partition);
const examples = placeholders(settings).join(", ");
if (examples)
  Validations.of(made[0]!).addWarning("examples", `Replace these of cdk.json before a deployment: ${examples}`);
if (!hasLibrary())
  Validations.of(made[0]!).addWarning(
    "sharp",
    "The functions' image library could not be installed: do not deploy this",
  );
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
