import { CfnOutput, Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import * as cognito from "aws-cdk-lib/aws-cognito";
import type { Construct } from "constructs";
import type { Settings } from "./settings.ts";

/** Who signs officers in. */
interface Issuer {
  readonly url: string;
  /** For whom its access tokens are: their `aud`. */
  readonly audience: string;
  /** The one client that its tokens are asked for by, where we know it. */
  readonly client?: string;
  /** Where the console speaks to it. */
  readonly origins: readonly string[];
}

/** 经办人员登录 · the issuer that the settings name, or a user pool where the partition has them and none is named. */
export function issuerOf(scope: Construct, settings: Settings): Issuer {
  const { issuer, audience, client } = settings;
  if (issuer && audience)
    return { url: issuer, audience, ...(client && { client }), origins: [new URL(issuer).origin] };
  return userPool(scope, settings);
}

function userPool(scope: Construct, { agencyDomain }: Settings): Issuer {
  const audience = `https://${agencyDomain}/api`;
  const pool = new cognito.UserPool(scope, "Officers", {
    selfSignUpEnabled: false,
    signInAliases: { username: true },
    signInCaseSensitive: false,
    mfa: cognito.Mfa.REQUIRED,
    mfaSecondFactor: { otp: true, sms: false },
    passwordPolicy: {
      minLength: 12,
      requireDigits: true,
      requireLowercase: true,
      requireUppercase: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(3),
    },
    // An officer who lost a password or a second factor goes to the agency, not to a mailbox.
    accountRecovery: cognito.AccountRecovery.NONE,
    featurePlan: cognito.FeaturePlan.PLUS,
    standardThreatProtectionMode: cognito.StandardThreatProtectionMode.FULL_FUNCTION,
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const domain = pool.addDomain("Domain", {
    cognitoDomain: { domainPrefix: agencyDomain.replaceAll(".", "-") },
    managedLoginVersion: cognito.ManagedLoginVersion.NEWER_MANAGED_LOGIN,
  });
  const home = `https://${agencyDomain}/console/`;
  const client = pool.addClient("Console", {
    generateSecret: false,
    preventUserExistenceErrors: true,
    accessTokenValidity: Duration.hours(1),
    idTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.hours(12),
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [cognito.OAuthScope.OPENID],
      callbackUrls: [home],
      logoutUrls: [home],
    },
  });
  new cognito.CfnManagedLoginBranding(scope, "SignInPages", {
    userPoolId: pool.userPoolId,
    clientId: client.userPoolClientId,
    useCognitoProvidedValues: true,
  });
  new CfnOutput(scope, "ConsoleClientId", { value: client.userPoolClientId });
  return {
    url: pool.userPoolProviderUrl,
    audience,
    client: client.userPoolClientId,
    origins: [`https://cognito-idp.${Stack.of(scope).region}.amazonaws.com`, domain.baseUrl()],
  };
}
