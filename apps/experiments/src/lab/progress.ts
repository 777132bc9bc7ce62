/** Tells how far long work has come; on stderr, so that tables stay clean. */
export interface Progress {
  /** `done` is a share from 0 to 1; `detail` what a watcher wants to know, such as the loss. */
  step(label: string, done: number, detail?: string): void;
  /** Ends a label's line. */
  end(label: string, detail?: string): void;
}

export interface ProgressOptions {
  readonly write: (text: string) => void;
  /** A terminal's line is rewritten; elsewhere a plain line comes every so often. */
  readonly terminal: boolean;
  readonly now?: () => number;
}

const every = { terminal: 200, plain: 10_000 } as const;
const percent = (share: number): string => `${Math.floor(100 * share)}%`.padStart(4);
const seconds = (ms: number): string => (ms < 90_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`);

/** Lines of progress with the time that is left, by the rate since the label began. */
export function progressLines({ write, terminal, now = () => performance.now() }: ProgressOptions): Progress {
  let label = "";
  let [began, last] = [0, 0];
  const line = (text: string, ended: boolean): void => write(terminal ? `\r\u001b[2K${text}${ended ? "\n" : ""}` : `${text}\n`);
  return {
    step: (name, done, detail = "") => {
      const time = now();
      if (name !== label) [label, began, last] = [name, time, time];
      if (time - last < (terminal ? every.terminal : every.plain)) return;
      last = time;
      const left = done > 0 ? `, ${seconds(((time - began) * (1 - done)) / done)} left` : "";
      line(`${name} ${percent(done)}${left}${detail && `  ${detail}`}`, false);
    },
    end: (name, detail = "") => {
      line(`${name} done${name === label ? ` in ${seconds(now() - began)}` : ""}${detail && `  ${detail}`}`, true);
      label = "";
    },
  };
}

/** Says nothing. */
export const silent: Progress = { step: () => undefined, end: () => undefined };
