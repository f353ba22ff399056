import type { IPluginContext } from "@tarojs/service";

/** 无障碍属性 · what our pages say to screen readers in WeChat; the build's templates and the run time must agree on it. */
export const ariaAttributes = {
  View: { "aria-role": "", "aria-label": "", "aria-checked": "", "aria-disabled": "", "aria-live": "" },
  Input: { "aria-label": "" },
  Image: { "aria-label": "" },
};

interface MiniPlatform {
  readonly template?: { mergeComponents?(ctx: IPluginContext, patch: object): void };
}

/** Taro's templates for WeChat leave out every aria attribute: this puts in those that we use. */
export default (ctx: IPluginContext): void => {
  ctx.registerMethod({
    name: "onSetupClose",
    fn: ({ template }: MiniPlatform) => template?.mergeComponents?.(ctx, ariaAttributes),
  });
};
