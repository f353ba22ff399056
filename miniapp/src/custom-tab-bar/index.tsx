/** WeChat asks for a tab bar component once the tabs are not its own; ours are drawn by the pages, on both platforms. */
export default function CustomTabBar() {
  return null;
}
