/** The words of the call are off: exit code 2. */
export class UsageError extends Error {}

export const misuse = (text: string): never => {
  throw new UsageError(`bench: ${text}`);
};
