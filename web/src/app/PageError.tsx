// A page that broke, or whose code is no longer on the server because the program was updated.
import { Button } from 'antd';
import { useRouteError } from 'react-router-dom';
import { Notice } from '../ui/Notice';
import { useSpeech } from '../ui/LanguageContext';

export function PageError() {
  const error = useRouteError();
  const { t } = useSpeech();
  const updated =
    error instanceof TypeError && /dynamically imported|Importing/.test(error.message);
  return (
    <main className="page">
      <Notice
        tone="wrong"
        title={updated ? t('shell.newVersion') : t('term.somethingWrong')}
        detail={updated || !(error instanceof Error) ? '' : error.message}
      >
        <Button type="primary" onClick={() => location.reload()}>
          {t('term.reload')}
        </Button>
      </Notice>
    </main>
  );
}
