// The ledger as a list: filters, order and columns stand in the address.
import { Button } from 'antd';
import { Suspense, useLayoutEffect, useRef, useState } from 'react';
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router-dom';
import type { Stamp } from '../../api/shapes';
import { AsOfBanner, AsOfPicker } from '../../ui/AsOf';
import { useSpeech } from '../../ui/LanguageContext';
import { lazyPart } from '../../ui/lazyPart';
import { ErrorNotice, Loading, Notice } from '../../ui/Notice';
import { Popup } from '../../ui/Popup';
import { holds, useHere } from '../../ui/SessionContext';
import { useNarrow } from '../../ui/useNarrow';
import { usePageKeys } from '../../ui/usePageKeys';
import { usePageTitle } from '../../ui/usePageTitle';
import { CardList } from './CardList';
import { Chips } from './Chips';
import { ColumnsMenu } from './ColumnsMenu';
import { DownloadMenu } from './DownloadMenu';
import { FilterPanel } from './FilterPanel';
import { shownRows } from './pages';
import { apiQuery, readQuery, writeQuery, type LedgerQuery } from './query';
import { Totals } from './Totals';
import { useKinds, type Kinds } from './useKinds';
import { useFirstPage } from './useRows';
import { ViewsMenu } from './ViewsMenu';
import { WideList } from './WideList';
import { WordsField } from './WordsField';
import './ledger.css';

const ImportSheet = lazyPart(async () => (await import('./ImportSheet')).ImportSheet);
const KeysHelp = lazyPart(async () => (await import('./KeysHelp')).KeysHelp);

const IMPORT = '#import';

export function LedgerPage() {
  const { t } = useSpeech();
  const { session } = useHere();
  const kinds = useKinds();
  const navigate = useNavigate();
  const [address] = useSearchParams();
  const query = readQuery(address);
  const first = useFirstPage(apiQuery(query).toString());
  const narrow = useNarrow();
  const page = useRestOfWindow(!narrow);
  usePageTitle(t('shell.ledger'));

  // Filters can be gone back from; order and columns are only another look at the same.
  function go(next: LedgerQuery, replace = false) {
    navigate({ search: writeQuery(next).toString() }, { replace, preventScrollReset: replace });
  }
  const onFilters = (filters: LedgerQuery['filters']) => go({ ...query, filters });
  const onAsOf = (asOf: string | undefined) => go({ ...query, asOf });
  return (
    <div className="ledger wide" ref={page}>
      <div className="ledger-head">
        <h1>{t('shell.ledger')}</h1>
        <ViewsMenu query={query} />
        <Popup label={t('ledger.filter')} wide>
          {(close) => (
            <FilterPanel
              filters={query.filters}
              kinds={kinds}
              onFilters={(filters) => {
                close();
                onFilters(filters);
              }}
            />
          )}
        </Popup>
        <WordsField
          key={query.filters.words ?? ''}
          words={query.filters.words ?? ''}
          onWords={(words) => onFilters({ ...query.filters, words })}
        />
        <span className="gap" />
        {narrow ? null : (
          <ColumnsMenu
            columns={query.columns}
            onColumns={(columns) => go({ ...query, columns }, true)}
          />
        )}
        <AsOfPicker asOf={query.asOf} onAsOf={onAsOf} />
        {query.asOf ? null : <DownloadMenu query={query} total={first.data?.total} />}
        {holds(session, 'recorder') ? (
          <Link className="button" to={{ search: address.toString(), hash: IMPORT }}>
            {t('ledger.import')}
          </Link>
        ) : null}
      </div>
      {first.data ? (
        <AsOfBanner asOf={query.asOf} onAsOf={onAsOf} {...stampOf(first.data)} />
      ) : null}
      <Chips filters={query.filters} kinds={kinds} onFilters={onFilters} />
      <List query={query} kinds={kinds} narrow={narrow} onQuery={(next) => go(next, true)} />
      <Sheets kinds={kinds} />
    </div>
  );
}

const stampOf = ({ position, instant }: Stamp): Stamp => ({ position, instant });

interface Props {
  query: LedgerQuery;
  kinds: Kinds;
  narrow: boolean;
  onQuery: (query: LedgerQuery) => void;
}

function List({ query, kinds, narrow, onQuery }: Props) {
  const search = apiQuery(query).toString();
  const first = useFirstPage(search);
  if (first.error && !first.data) return <ErrorNotice error={first.error} />;
  if (!first.data) return <Loading rows={10} />;
  const Shape = narrow ? CardList : WideList;
  const totals = <Totals query={query} first={first.data} />;
  return (
    <>
      {narrow ? totals : null}
      {first.data.total === 0 ? (
        <Nothing query={query} />
      ) : (
        <Shape
          key={search}
          query={query}
          search={search}
          rows={shownRows(first.data.total)}
          kinds={kinds}
          onQuery={onQuery}
        />
      )}
      {narrow ? null : totals}
    </>
  );
}

function Nothing({ query }: { query: LedgerQuery }) {
  const { t } = useSpeech();
  const filtered = Object.keys(query.filters).length > 0;
  return (
    <div className="card nothing">
      <Notice
        title={t(filtered ? 'ledger.nothing' : 'ledger.nothingAtAll')}
        hint={t(filtered ? 'ledger.nothingHint' : 'ledger.nothingAtAllHint')}
      >
        {filtered ? (
          <Link
            className="button"
            to={{ search: writeQuery({ ...query, filters: {} }).toString() }}
          >
            {t('ledger.clearAll')}
          </Link>
        ) : null}
      </Notice>
    </div>
  );
}

// The import stands in the address, so that it can be linked to and gone back from.
function Sheets({ kinds }: { kinds: Kinds }) {
  const { t } = useSpeech();
  const { session } = useHere();
  const { hash, search } = useLocation();
  const navigate = useNavigate();
  const [keys, setKeys] = useState(false);
  usePageKeys({ '?': () => setKeys(true) });
  const importing = hash === IMPORT && holds(session, 'recorder');
  return (
    <>
      <Button className="keys-button" type="text" size="small" onClick={() => setKeys(true)}>
        {t('ledger.keys')} <kbd>?</kbd>
      </Button>
      <Suspense>
        {keys ? <KeysHelp onClose={() => setKeys(false)} /> : null}
        {importing ? (
          <ImportSheet kinds={kinds} onClose={() => navigate({ search }, { replace: true })} />
        ) : null}
      </Suspense>
    </>
  );
}

// On a wide screen the page is as high as the rest of the window, and the list scrolls within.
function useRestOfWindow(on: boolean) {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const page = element.current;
    if (!page) return undefined;
    function fit() {
      if (!page) return;
      const top = Math.round(page.getBoundingClientRect().top + scrollY);
      page.style.height = on ? `calc(100vh - ${top}px)` : '';
    }
    fit();
    addEventListener('resize', fit);
    return () => removeEventListener('resize', fit);
  }, [on]);
  return element;
}
