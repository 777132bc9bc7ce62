const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EACCES: "this user may not read it",
  EISDIR: "it is a folder",
};

/** What to say of a file that cannot be read. */
export const unreadable = ({ code = "", message }: NodeJS.ErrnoException): string => `cannot be read: ${reasons[code] ?? message}.`;
