// Items that are perhaps the same as the one being listed.
import { useQueries } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link } from 'react-router-dom';
import type { Unit } from '../../api/shapes';
import { search } from '../../api/units';
import { useSpeech } from '../../ui/LanguageContext';
import { Day, PhaseTag } from '../../ui/words';
import { queriesFor, similarOf } from './likeness';

const WAIT_MS = 500;

export function Similar({ title, unit }: { title: string; unit: Unit | null }) {
  const { t } = useSpeech();
  const [asked, setAsked] = useState(title);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(title), WAIT_MS);
    return () => clearTimeout(timer);
  }, [title]);
  const found = useQueries({
    queries: queriesFor(asked).map((query) => ({
      queryKey: ['search', query],
      queryFn: ({ signal }: { signal: AbortSignal }) => search(query, signal),
      retry: false,
    })),
  });
  // A hint only: where it cannot be had, nothing is said.
  const rows = similarOf(
    found.map((each) => each.data?.items ?? []),
    unit?.code,
  );
  return (
    <div role="status">
      {rows.length > 0 ? (
        <div className="similar">
          <p>{t('item.similar')}</p>
          <ul className="plain">
            {rows.map((row) => (
              <li key={row.item}>
                <Link to={`/items/${row.item}`} target="_blank">
                  {row.title ?? row.item}
                </Link>{' '}
                <PhaseTag phase={row.phase} title={row.state_title} />{' '}
                <small>
                  {row.unit.name} · <Day day={row.opened} />
                </small>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}
