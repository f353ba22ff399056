/** 启动失败 · what a person is told when the local system cannot start: one sentence, and what to do. */
export function sentenceFor(error: NodeJS.ErrnoException, port: number): string {
  if (error.code === "EADDRINUSE") {
    return `端口 ${port} 已被占用，换一个：PORT=${port + 1} npm start · Port ${port} is in use; choose another: PORT=${port + 1} npm start`;
  }
  if (error.code === "ENOSPC" || /disk is full|no space left/i.test(error.message)) {
    return "磁盘满了，腾出约 2 GB 后再试 · The disk is full; free about 2 GB and try again";
  }
  return error.message;
}
