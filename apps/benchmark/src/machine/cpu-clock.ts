import { readFileSync } from "node:fs";

/** /proc counts in hundredths of a second on every Linux. */
const ticks = 100;

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** CPU seconds that all programs of this machine have used, from the text of /proc/stat; what another machine steals counts. */
export function busySeconds(stat: string): number {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = stat
    .split("\n")[0]!
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return (user + nice + system + irq + softirq + steal) / ticks;
}

/** CPU seconds of one process, from the text of /proc/PID/stat. Its name, in brackets, may hold spaces. */
export function ownSeconds(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticks;
}

/** CPU seconds used so far by programs other than these processes and this one; undefined where the system does not tell. */
export function othersSeconds(pids: readonly number[]): number | undefined {
  const all = read("/proc/stat");
  if (all === undefined) return undefined;
  const own = [process.pid, ...pids].map((pid) => ownSeconds(read(`/proc/${pid}/stat`) ?? ") "));
  return busySeconds(all) - own.reduce((sum, seconds) => sum + (seconds || 0), 0);
}
