/// <reference types="vite/client" />

/** Put in by the build: `routeTable()` of shared/api. */
declare const __ROUTES__: import("../../shared/api/client.ts").RouteTable;

interface ImportMetaEnv {
  /** Where officers sign in, and as which client, for which audience; without them the local issuer's. */
  readonly VITE_ISSUER?: string;
  readonly VITE_CLIENT_ID?: string;
  readonly VITE_AUDIENCE?: string;
}

declare module "swagger-ui-dist/swagger-ui-es-bundle.js" {
  const swaggerUi: (options: Record<string, unknown>) => unknown;
  export default swaggerUi;
}
