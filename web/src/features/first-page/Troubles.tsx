// What went wrong in the demonstration: the item, where the reader may see it, else the unit.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { getItems } from '../../api/items';
import { useHere } from '../../ui/SessionContext';
import { useSpeech } from '../../ui/LanguageContext';
import type { Figure, Read } from './figures';
import { FigureValue } from './FigureValue';
import { TROUBLES, type Trouble } from './rows';

export function Troubles({ read }: { read: (figure: Figure) => Read }) {
  const { t } = useSpeech();
  return (
    <section className="card">
      <h2>{t('home.troubles')}</h2>
      <p className="quiet">{t('home.troublesHint')}</p>
      <ul className="troubles">
        {TROUBLES.map((trouble) => (
          <OneTrouble key={trouble.unit} trouble={trouble} read={read(trouble.figure)} />
        ))}
      </ul>
    </section>
  );
}

function OneTrouble({ trouble, read }: { trouble: Trouble; read: Read }) {
  const { t } = useSpeech();
  const no = useItemThere(trouble.unit);
  return (
    <li>
      <p>{t(trouble.says)}</p>
      <p className="trouble-more">
        <span>
          {t(trouble.figure.word)} <FigureValue read={read} />
        </span>
        {no ? (
          <Link to={`/items/${no}`}>{t('home.troubleItem')}</Link>
        ) : (
          <Link to={`/units/${trouble.unit}`}>{t('home.troubleUnit')}</Link>
        )}
      </p>
    </li>
  );
}

/** The number of the newest item there that the reader may see. */
function useItemThere(unit: string): string | undefined {
  const { session } = useHere();
  const search = new URLSearchParams({ unit, limit: '1' });
  const asked = useQuery({
    queryKey: ['items', search.toString()],
    queryFn: ({ signal }) => getItems(search, signal),
    enabled: session !== null,
    retry: false,
  });
  return asked.data?.items[0]?.item;
}
