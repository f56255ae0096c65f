// What is long and stands below is drawn after what is looked at first, without holding it up.
import { startTransition, useEffect, useState } from 'react';

/** False until what is drawn once `ready` stands on the screen; true at once where that was ready
    from the start, as when somebody comes back to where he was on the page. */
export function useLater(ready: boolean): boolean {
  const [later, setLater] = useState(ready);
  useEffect(() => {
    if (!ready || later) return;
    let after: number | undefined;
    // The frame asked for is the one that draws it; what comes after that frame is later.
    const frame = requestAnimationFrame(() => {
      after = window.setTimeout(() => startTransition(() => setLater(true)));
    });
    return () => {
      cancelAnimationFrame(frame);
      window.clearTimeout(after);
    };
  }, [ready, later]);
  return later;
}
