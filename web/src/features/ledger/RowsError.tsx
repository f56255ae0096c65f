// Says below a list that a part of it did not come, and fetches it again.
import { Button } from 'antd';
import { useSpeech } from '../../ui/LanguageContext';
import type { Rows } from './useRows';

export function RowsError({ rows }: { rows: Rows }) {
  const { t } = useSpeech();
  if (!rows.error) return null;
  return (
    <p role="alert" className="late list-error">
      {rows.error.message || t('term.offline')}{' '}
      <Button size="small" onClick={rows.again}>
        {t('term.retry')}
      </Button>
    </p>
  );
}
