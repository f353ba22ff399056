/** Stands in for the router's own tab bar, a web component that brings its whole run time; our pages draw their tabs. */
export const initTabbar = (): void => {};
