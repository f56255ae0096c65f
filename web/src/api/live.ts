// Keeps open pages true: listens to the stream; where that breaks, asks for the position instead.
import type { QueryClient } from '@tanstack/react-query';
import { getLedger } from './ledger';

export type LiveState = 'live' | 'polling' | 'lost';

const FIRST_EVENT_WITHIN_MS = 8_000;
// The server speaks at least every 15 seconds, but its comments are not seen here: a stream that
// told no position for so long is compared with the ledger itself.
const COMPARE_EVERY_MS = 45_000;
const POLL_EVERY_MS = 5_000;
// After a stream that broke the next is tried soon, then less and less often.
const STREAM_AGAIN_MS = 4_000;
const AGAIN_AFTER_MS = 2_000;
const GATHER_MS = 150;

interface Told {
  position: number;
  day: string;
}

/** One connection for the whole page. `signedIn`: only accounts have a stream; others poll. */
export class Live {
  private source: EventSource | null = null;
  private told: Told | null = null;
  private timers = new Set<ReturnType<typeof setTimeout>>();
  private gathering: ReturnType<typeof setTimeout> | null = null;
  private stopped = false;
  private opened = false;
  private polling = false;
  private broken = 0; // streams in a row that told nothing, or were lost

  constructor(
    private readonly queries: QueryClient,
    private readonly signedIn: boolean,
    private readonly onState: (state: LiveState) => void,
  ) {
    addEventListener('online', this.wake);
    document.addEventListener('visibilitychange', this.wake);
    if (signedIn) this.connect();
    else this.poll();
    this.later(this.compare, COMPARE_EVERY_MS);
  }

  stop(): void {
    this.stopped = true;
    this.source?.close();
    removeEventListener('online', this.wake);
    document.removeEventListener('visibilitychange', this.wake);
    for (const timer of this.timers) clearTimeout(timer);
    if (this.gathering) clearTimeout(this.gathering);
  }

  private later(work: () => void, ms: number): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      if (!this.stopped) work();
    }, ms);
    this.timers.add(timer);
  }

  private connect = (): void => {
    if (this.stopped) return;
    this.opened = false;
    const source = new EventSource('/api/v1/stream');
    this.source = source;
    source.addEventListener('position', (event) => {
      this.opened = true;
      this.broken = 0;
      this.onState('live');
      const data = JSON.parse((event as MessageEvent<string>).data) as {
        size: number;
        instant: string;
      };
      this.learn({ position: data.size, day: data.instant.slice(0, 10) });
    });
    source.addEventListener('record', () => this.gather());
    source.onerror = () => {
      // The stream ends by itself every ten minutes and reconnects; what is lost is said only when
      // that does not succeed.
      if (source.readyState === EventSource.CLOSED) this.giveUp(source);
      else
        this.later(
          () =>
            this.source === source && source.readyState !== EventSource.OPEN && this.giveUp(source),
          AGAIN_AFTER_MS * 2,
        );
    };
    this.later(
      () => this.source === source && !this.opened && this.giveUp(source),
      FIRST_EVENT_WITHIN_MS,
    );
  };

  // The stream does not come through: poll, and try the stream again now and then.
  private giveUp(source: EventSource): void {
    if (this.source !== source) return;
    source.close();
    this.source = null;
    this.opened = false;
    if (!this.polling) this.poll();
    this.later(this.connect, Math.min(COMPARE_EVERY_MS, STREAM_AGAIN_MS * 2 ** this.broken));
    this.broken += 1;
  }

  // Until a stream tells something: one that is only tried may be one more that does not.
  private poll = (): void => {
    this.polling = !this.stopped && !this.opened;
    if (!this.polling) return;
    void this.look().then((answered) => {
      if (!this.opened) this.onState(answered ? (this.signedIn ? 'polling' : 'live') : 'lost');
      this.later(this.poll, answered ? POLL_EVERY_MS : AGAIN_AFTER_MS);
    });
  };

  private compare = (): void => {
    if (this.source) void this.look();
    this.later(this.compare, COMPARE_EVERY_MS);
  };

  private wake = (): void => {
    if (document.visibilityState === 'visible') void this.look();
  };

  private async look(): Promise<boolean> {
    try {
      const ledger = await getLedger();
      this.learn({ position: ledger.position, day: ledger.today });
      return true;
    } catch {
      return false;
    }
  }

  // A new day makes items overdue without any record.
  private learn(now: Told): void {
    const before = this.told;
    this.told = now;
    if (before && (before.position !== now.position || before.day !== now.day)) this.gather();
  }

  // Many records at once cost one round of asking.
  private gather(): void {
    if (this.gathering) return;
    this.gathering = setTimeout(() => {
      this.gathering = null;
      void this.queries.invalidateQueries({ predicate: (query) => query.meta?.['still'] !== true });
    }, GATHER_MS);
  }
}
