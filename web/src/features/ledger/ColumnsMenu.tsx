// Which columns are shown.
import { useSpeech } from '../../ui/LanguageContext';
import { Popup } from '../../ui/Popup';
import { ALL_COLUMNS, columnKind, USUAL_COLUMNS, withColumn, type Column } from './columns';

export function ColumnsMenu(props: { columns: Column[]; onColumns: (columns: Column[]) => void }) {
  const { t } = useSpeech();
  return (
    <Popup label={t('ledger.columns')} atEnd>
      {() => (
        <>
          <ul className="popup-list">
            {ALL_COLUMNS.map((column) => (
              <li key={column}>
                <label>
                  <input
                    type="checkbox"
                    checked={props.columns.includes(column)}
                    disabled={column === 'title'}
                    onChange={(event) =>
                      props.onColumns(withColumn(props.columns, column, event.target.checked))
                    }
                  />
                  {t(columnKind(column).word)}
                </label>
              </li>
            ))}
          </ul>
          <button type="button" className="as-link" onClick={() => props.onColumns(USUAL_COLUMNS)}>
            {t('ledger.columnsUsual')}
          </button>
        </>
      )}
    </Popup>
  );
}
