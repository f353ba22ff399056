import { type App, Stack, type StackProps } from "aws-cdk-lib";
import type { Topic } from "aws-cdk-lib/aws-sns";
import type { TableName } from "../functions/tables.ts";
import {
  alarmTopic,
  apiAlarms,
  consumerAlarms,
  refusalAlarms,
  ringingAlarm,
  scheduleAlarm,
  tamperingAlarm,
  throttleAlarm,
} from "./alarms.ts";
import { edgeOf } from "./edge.ts";
import { Api } from "./endpoint.ts";
import { byCapability, functionsOf, type Grouping, scheduledNames } from "./functions.ts";
import { consumerActions } from "./grants.ts";
import { issuerOf } from "./identity.ts";
import type { CodeOf } from "./lambda.ts";
import { onSchedule } from "./schedule.ts";
import type { Settings } from "./settings.ts";
import { site } from "./sites.ts";
import { type Given, Storage } from "./storage.ts";
import { changedEntries, consumer, newOutboxItems } from "./streams.ts";

interface Made {
  readonly settings: Settings;
  readonly code: CodeOf;
  readonly grouping: Grouping;
}

/** 数据 · tables, keys, secrets, and what follows the tables. Every side stands on it. */
class DataStack extends Stack {
  readonly storage: Storage;
  readonly alarms: Topic;

  constructor(app: App, id: string, { settings, code }: Made, props: StackProps) {
    super(app, id, props);
    this.storage = new Storage(this, settings);
    this.alarms = alarmTopic(this, settings);
    // Exported whether a side asks or not: a side that stops asking must not hold up the data.
    for (const value of [...this.storage.shared, this.alarms.topicArn]) this.exportValue(value);
    const { storage } = this;
    const atOnce = settings.concurrency.stream;
    const outbox = consumer(this, "outbox", {
      storage,
      code,
      atOnce,
      table: "main",
      filter: newOutboxItems,
      given: [storage.actions("main", consumerActions)],
    });
    const guard = consumer(this, "ledger-guard", {
      storage,
      code,
      atOnce,
      table: "ledger",
      filter: changedEntries,
      given: [],
    });
    consumerAlarms(this, this.alarms, "outbox", outbox);
    consumerAlarms(this, this.alarms, "ledger-guard", guard);
    tamperingAlarm(this, this.alarms, guard);
    refusalAlarms(this, this.alarms);
    for (const [name, table] of Object.entries(storage.tables))
      throttleAlarm(this, this.alarms, name as TableName, table);
  }
}

const nothing: Given = { statements: [], environment: {} };

/** 居民侧 · the API and the pages of residents, the payment channel's notices, and what is asked of it by the clock. */
class ResidentStack extends Stack {
  constructor(app: App, id: string, { settings, code, grouping }: Made, data: DataStack, props: StackProps) {
    super(app, id, props);
    const edge = edgeOf(this, settings);
    const api = new Api(this, settings.concurrency, { rate: 1_000, burst: 2_000 }, [edge.given]);
    for (const spec of functionsOf("resident", grouping)) api.serve(spec, code, data.storage, nothing);
    site(this, {
      settings,
      domain: settings.residentDomain,
      folder: "m",
      apiHost: api.host,
      edge,
      speaksTo: [],
      objects: data.storage.objectsOrigin,
    });
    for (const name of scheduledNames)
      scheduleAlarm(this, data.alarms, name, onSchedule(this, name, code, data.storage, settings.concurrency.clock));
    apiAlarms(this, data.alarms, "resident", api.id);
  }
}

/** 经办侧 · the API and the console of officers, and who signs them in. */
class AgencyStack extends Stack {
  constructor(app: App, id: string, { settings, code, grouping }: Made, data: DataStack, props: StackProps) {
    super(app, id, props);
    const issuer = issuerOf(this, settings);
    const identity = {
      statements: [],
      environment: {
        ISSUER_URL: issuer.url,
        ISSUER_AUDIENCE: issuer.audience,
        ...(issuer.client !== undefined && { ISSUER_CLIENTS: issuer.client }),
      },
    };
    const edge = edgeOf(this, settings);
    const api = new Api(this, settings.concurrency, { rate: 200, burst: 400 }, [edge.given]);
    for (const spec of functionsOf("agency", grouping)) api.serve(spec, code, data.storage, identity);
    site(this, {
      settings,
      domain: settings.agencyDomain,
      folder: "console",
      apiHost: api.host,
      edge,
      speaksTo: issuer.origins,
      objects: data.storage.objectsOrigin,
    });
    apiAlarms(this, data.alarms, "agency", api.id);
  }
}

/** 机构侧 · the gateway of providers, an API without pages: on the private network, or wherever the agency may have it. */
class ProviderStack extends Stack {
  constructor(app: App, id: string, { settings, code, grouping }: Made, data: DataStack, props: StackProps) {
    super(app, id, props);
    const api = new Api(this, settings.concurrency, { rate: 2_000, burst: 4_000 });
    for (const spec of functionsOf("provider", grouping)) api.serve(spec, code, data.storage, nothing);
    apiAlarms(this, data.alarms, "provider", api.id);
    ringingAlarm(this, data.alarms);
  }
}

/** The whole system, as stacks: one for the data, and one a side. */
export function stacks(app: App, settings: Settings, code: CodeOf, grouping: Grouping = byCapability): Stack[] {
  const props: StackProps = {
    env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: settings.region },
    analyticsReporting: false,
  };
  const named = (what: string) => `resident-insurance-${settings.stage}-${what}`;
  const made = { settings, code, grouping };
  const data = new DataStack(app, named("data"), made, props);
  return [
    data,
    new ResidentStack(app, named("resident"), made, data, props),
    new AgencyStack(app, named("agency"), made, data, props),
    new ProviderStack(app, named("provider"), made, data, props),
  ];
}
