/// <reference types="@tarojs/taro" />
declare module "*.scss";

/** Set by the build: names, methods and paths of the endpoints. */
declare const ROUTES: import("../../shared/api/client.ts").RouteTable;
/** Set by the build, for WeChat: where the API is. In a browser it is where the page is. */
declare const API_ORIGIN: string;
