// What is seen, as a file or on paper.
import { useMutation } from '@tanstack/react-query';
import { getExport } from '../../api/exchange';
import { count } from '../../lib/numbers';
import { useSpeech } from '../../ui/LanguageContext';
import { Popup } from '../../ui/Popup';
import { saveFile } from '../../ui/saveFile';
import { useHere } from '../../ui/SessionContext';
import { exportQuery, writeQuery, type LedgerQuery } from './query';

const EXPORT_ROWS_MAX = 100_000;

export function DownloadMenu({ query, total }: { query: LedgerQuery; total: number | undefined }) {
  const { t } = useSpeech();
  const { ledger } = useHere();
  const saving = useMutation({
    mutationFn: async (format: 'xlsx' | 'csv') => {
      const file = await getExport(format, exportQuery(query));
      saveFile(file, `${t('ledger.fileName', { day: ledger.today })}.${format}`);
    },
  });
  const tooMany = total !== undefined && total > EXPORT_ROWS_MAX;
  const file = (format: 'xlsx' | 'csv', word: string) => (
    <li>
      <button
        type="button"
        disabled={saving.isPending || tooMany}
        onClick={() => saving.mutate(format)}
      >
        {word}
      </button>
    </li>
  );
  return (
    <Popup label={t('ledger.download')} atEnd>
      {() => (
        <>
          <ul className="popup-list">
            {file('xlsx', t('ledger.asXlsx'))}
            {file('csv', t('ledger.asCsv'))}
            <li>
              <a
                href={`/print/items?${writeQuery(query).toString()}`}
                target="_blank"
                rel="noreferrer"
              >
                {t('ledger.print')}
              </a>
            </li>
          </ul>
          <p className={tooMany ? 'soon' : 'quiet'}>
            {tooMany
              ? t('ledger.exportTooMany', { count: count(EXPORT_ROWS_MAX) })
              : t('ledger.exportHint')}
          </p>
          <div role="status">
            {saving.isPending ? t('ledger.exporting') : null}
            {saving.isSuccess ? t('ledger.exported') : null}
          </div>
          {saving.error ? (
            <p role="alert" className="late">
              {saving.error.message || t('term.offline')}
            </p>
          ) : null}
        </>
      )}
    </Popup>
  );
}
